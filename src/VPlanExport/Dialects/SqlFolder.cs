using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>The generated part of <c>sql/</c>: one object a file, the same text on every machine. What is written by
/// hand there is left alone.</summary>
internal static class SqlFolder
{
    private const string Header =
        "-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.\n";
    private const string References =
        "-- Declared, so that Power BI finds the relationships, and switched off: every load checks all "
        + "references itself. Run when all tables are there.\n";

    private const string Marks =
        "-- Marks what is the export's: what bears no mark is somebody else's, and is neither changed nor "
        + "emptied. Run when all tables and views are there.\n";

    /// <summary>The folders in which every file is generated: another file there is of a table that is no
    /// more.</summary>
    private static readonly string[] Generated =
    [
        "duckdb/stg",
        "duckdb/dw",
        "duckdb/bi/star",
        "sqlserver/stg",
        "sqlserver/dw",
        "sqlserver/bi/star",
        "sqlserver/references",
        "sqlserver/marks",
        "synapse",
        "fabric",
    ];

    /// <summary>Text of every generated file, by path below the folder (forward slashes, \n line ends).</summary>
    public static IReadOnlyDictionary<string, string> Render(
        IReadOnlyList<Entity> entities,
        IReadOnlyList<Table> tables
    )
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["README.md"] = SqlDictionary.Render(entities, tables),
            ["duckdb/etl/entity_table.sql"] = Header + EntityTable("CREATE OR REPLACE VIEW", entities, tables),
            ["sqlserver/etl/entity_table.sql"] = Header + EntityTable("CREATE VIEW", entities, tables),
            ["sqlserver/marks/marks.sql"] = Header + Marks + Batches(MarkAll(tables)),
        };
        foreach (var table in tables)
        {
            files[$"duckdb/stg/{table.Name}.sql"] = Header + DuckDbTables.CreateStaging(table);
            files[$"duckdb/dw/{table.Name}.sql"] = Header + DuckDbTables.CreateStar(table);
            files[$"sqlserver/stg/{table.Name}.sql"] = Header + Batches([SqlServerTables.CreateStaging(table)]);
            files[$"sqlserver/dw/{table.Name}.sql"] =
                Header
                + Batches([
                    SqlServerTables.CreateStar(table, hasColumnstore: true),
                    SqlServerTables.CreateColumnstore(table),
                ]);
            files[$"duckdb/bi/star/{table.Name}.sql"] = Header + StarViews.DuckDb(table);
            files[$"sqlserver/bi/star/{table.Name}.sql"] = Header + StarViews.SqlServer(table);
            files[$"synapse/{table.Name}.sql"] = Header + CopyScripts.Synapse(table);
            files[$"fabric/{table.Name}.sql"] = Header + CopyScripts.Fabric(table);
            if (SqlServerTables.References(table, tables).ToList() is { Count: > 0 } references)
                files[$"sqlserver/references/{table.Name}.sql"] =
                    Header + References + Batches(references.SelectMany(r => new[] { r.Add, r.SwitchOff }));
        }
        return files;
    }

    private static IEnumerable<string> MarkAll(IReadOnlyList<Table> tables) =>
        [
            .. tables.SelectMany(t =>
                new[]
                {
                    SqlServerTables.Mark("stg", t.Name, isView: false),
                    SqlServerTables.Mark("dw", t.Name, isView: false),
                }
            ),
            .. SqlScripts.All("sqlserver", tables).Select(s => SqlServerTables.Mark(s.Schema, s.Name, s.IsView)),
        ];

    /// <summary>Writes what <see cref="Render"/> gives and deletes tables' files that the catalog no longer
    /// has.</summary>
    public static void Write(string folder, IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables) =>
        GeneratedFolder.Write(folder, Render(entities, tables), Generated);

    /// <summary>How the folder differs from what <see cref="Render"/> gives, one line a file; empty when it does
    /// not.</summary>
    public static IReadOnlyList<string> Check(
        string folder,
        IReadOnlyList<Entity> entities,
        IReadOnlyList<Table> tables
    ) => GeneratedFolder.Check(folder, Render(entities, tables), Generated);

    /// <summary>What sqlcmd and SqlPackage read: each statement a batch.</summary>
    private static string Batches(IEnumerable<string?> statements) =>
        string.Join("GO\n", statements.OfType<string>().Select(statement => $"{statement};\n"));

    private static string EntityTable(string create, IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var rows = tables.SelectMany(
            (table, i) => EntitiesOf(table).Select(entity => $"    ({i}, '{table.Name}', {entity})")
        );
        return "-- Which entities feed which table of the star: one row per table and entity, the entity empty "
            + "for a table that is not read from vPlan.\n"
            + $"{create} etl.entity_table AS\n"
            + $"SELECT position, table_name, entity FROM (VALUES\n{string.Join(",\n", rows)}\n) AS t(position, "
            + "table_name, entity);\n";

        IEnumerable<string> EntitiesOf(Table table) =>
            entities
                .Where(e => e.Tables.Any(t => t.Name == table.Name))
                .Select(e => $"'{e.Name}'")
                .DefaultIfEmpty("NULL");
    }
}
