using System.IO.Hashing;
using System.Text;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>Brings the file's schemas, tables and views up to the catalog, or says why it will not.</summary>
internal static class DuckDbSchema
{
    /// <summary>Changes nothing.</summary>
    public static void Check(DuckDbSession session, string location, IReadOnlyList<Table> tables) =>
        Check(session, location, tables, ColumnsOf(session), ObjectsOf(session));

    /// <summary>Sends nothing where everything is as it should be.</summary>
    /// <returns>The columns added to tables that have rows, as <c>dw.table.column</c>.</returns>
    public static IReadOnlyList<string> Prepare(DuckDbSession session, string location, IReadOnlyList<Table> tables)
    {
        var (columns, objects) = (ColumnsOf(session), ObjectsOf(session));
        Check(session, location, tables, columns, objects);
        var missing = Missing(tables, columns, objects);
        var descriptions = Undescribed(tables, missing, columns, objects);
        return missing.Statements.Count + descriptions.Length == 0
            ? []
            : session.InTransaction(() =>
            {
                session.Execute(
                    "CREATE SCHEMA IF NOT EXISTS stg; CREATE SCHEMA IF NOT EXISTS dw; CREATE SCHEMA IF NOT "
                        + "EXISTS bi; CREATE SCHEMA IF NOT EXISTS etl"
                );
                foreach (var statement in missing.Statements)
                    session.Execute(statement);
                if (descriptions.Length > 0)
                    session.Execute(descriptions);
                return missing
                    .Added.Where(a => session.Number(new DuckDbMerge(a.Table).IsEmpty) != 1)
                    .Select(a => $"dw.{a.Table.Name}.{a.Column.Name}")
                    .ToList();
            });
    }

    /// <summary>What makes the file what the catalog declares, in order.</summary>
    private static Changes Missing(
        IReadOnlyList<Table> tables,
        ILookup<string, ActualColumn> columns,
        Dictionary<string, DatabaseObject> objects
    )
    {
        var added = tables
            .Where(t => objects.ContainsKey($"dw.{t.Name}"))
            .SelectMany(t =>
                t.Columns.Where(c => columns[$"dw.{t.Name}"].All(a => !a.Is(c))).Select(c => (Table: t, Column: c))
            )
            .ToList();
        var scripts = SqlScripts.All("duckdb", tables).ToLookup(s => s.IsView);
        List<string> statements =
        [
            // An earlier version had tables there, with a second copy of the rows.
            .. tables
                .Where(t => objects.GetValueOrDefault($"stg.{t.Name}") is { IsView: false })
                .Select(t => $"DROP TABLE stg.{t.Name}"),
            .. tables
                .Where(t => objects.GetValueOrDefault($"stg.{t.Name}") is not { IsView: true })
                .Select(DuckDbTables.CreateStaging),
            .. tables.Where(t => !objects.ContainsKey($"dw.{t.Name}")).Select(DuckDbTables.CreateStar),
            .. added.Select(a => DuckDbTables.AddColumn(a.Table, a.Column)),
            .. scripts[false].Where(s => !objects.ContainsKey(NameOf(s))).Select(s => s.Text),
            .. scripts[false]
                .Where(s => objects.ContainsKey(NameOf(s)))
                .SelectMany(s => Columns(s, columns[NameOf(s)])),
        ];
        // A view is bound to the columns that it was made with.
        var isStarChanged = statements.Count > 0;
        var views = scripts[true]
            .Where(v => isStarChanged || objects.GetValueOrDefault(NameOf(v))?.IsMadeOf(HashOf(v)) != true)
            .ToList();
        foreach (var view in views)
            statements.AddRange([$"DROP VIEW IF EXISTS {NameOf(view)}", view.Text]);
        return new Changes(statements, added, views.Select(NameOf).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What lets the file say what each table, view and column is for, as one text.</summary>
    private static string Undescribed(
        IReadOnlyList<Table> tables,
        Changes missing,
        ILookup<string, ActualColumn> columns,
        Dictionary<string, DatabaseObject> objects
    )
    {
        var hashes = SqlScripts.All("duckdb", tables).Where(s => s.IsView).ToDictionary(NameOf, s => $" {HashOf(s)}");
        return string.Join(
            ";\n",
            Descriptions
                .All("duckdb", tables)
                .Select(d => (Of: d, Suffix: SuffixOf(d)))
                .Where(d => missing.Views.Contains(d.Of.Object) || ThereOf(d.Of) != $"{d.Of.Text}{d.Suffix}")
                .Select(d => DuckDbTables.Describe(d.Of, d.Suffix))
        );

        string SuffixOf(Description of) =>
            of.Column is not null || of.Schema == "stg"
                ? ""
                : $" [{TableOwnership.Mark}{hashes.GetValueOrDefault(of.Object)}]";

        string? ThereOf(Description of) =>
            of.Column is null
                ? objects.GetValueOrDefault(of.Object)?.Comment
                : columns[of.Object].FirstOrDefault(c => c.Name == of.Column)?.Comment;
    }

    private static string NameOf(SqlScript script) => $"{script.Schema}.{script.Name}";

    /// <summary>The journal of an earlier version gets the columns that came since.</summary>
    private static IEnumerable<string> Columns(SqlScript script, IEnumerable<ActualColumn> there) =>
        script
            .Columns.Where(c => !there.Any(a => a.Name == c.Name))
            .Select(c => $"ALTER TABLE {Quoted(NameOf(script))} ADD COLUMN {c.Declaration}");

    /// <summary>Says which text a view was made of.</summary>
    private static string HashOf(SqlScript view) =>
        Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(view.Text)));

    private static string Quoted(string name) => string.Join('.', name.Split('.').Select(part => $"\"{part}\""));

    /// <summary>The columns of every table and view that is there, by <c>schema.name</c>.</summary>
    private static ILookup<string, ActualColumn> ColumnsOf(DuckDbSession session) =>
        session
            .Rows(
                "SELECT table_name, column_name, data_type, schema_name, comment FROM duckdb_columns() "
                    + "WHERE database_name = current_database() AND schema_name IN ('stg', 'dw', 'etl', 'bi') "
                    + "ORDER BY column_index",
                r =>
                    (
                        Table: r.GetString(0),
                        Column: new ActualColumn(r.GetString(1), r.GetString(2))
                        {
                            Comment = r.IsDBNull(4) ? null : r.GetString(4),
                        },
                        Schema: r.GetString(3)
                    )
            )
            .ToLookup(r => $"{r.Schema}.{r.Table}", r => r.Column);

    private static Dictionary<string, DatabaseObject> ObjectsOf(DuckDbSession session) =>
        session
            .Rows(
                "SELECT schema_name || '.' || table_name, false, comment FROM duckdb_tables() WHERE "
                    + "database_name = current_database() "
                    + "UNION ALL SELECT schema_name || '.' || view_name, true, comment FROM duckdb_views() WHERE "
                    + "database_name = current_database() AND NOT internal",
                r => new DatabaseObject(r.GetString(0), r.GetBoolean(1), r.IsDBNull(2) ? null : r.GetString(2))
            )
            .ToDictionary(o => o.Name, StringComparer.OrdinalIgnoreCase);

    private static void Check(
        DuckDbSession session,
        string location,
        IReadOnlyList<Table> tables,
        ILookup<string, ActualColumn> columns,
        Dictionary<string, DatabaseObject> objects
    )
    {
        var ours = OwnedTable
            .Of(tables, table => table.Columns, SqlScripts.All("duckdb", tables))
            .Select(o =>
                o with
                {
                    IsView = o.Schema == "stg" ? objects.GetValueOrDefault(o.Name) is { IsView: true } : o.IsView,
                }
            )
            .ToList();
        var marked = objects
            .Values.Where(o => TableOwnership.IsMark(o.Comment))
            .Select(o => o.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        new TableOwnership(location, ours, columns, marked).RefuseForeign(areViewsOurs: true, _ => "");
        var drift = new DuckDbDrift(location);
        drift.RefuseLost(
            Journal
                .Tables(session, isThere: objects.ContainsKey("etl.load"))
                .Where(name => !objects.ContainsKey($"dw.{name}"))
        );
        drift.Refuse(tables, table => [.. columns[$"dw.{table.Name}"]]);
    }

    /// <summary>A table or view that is there.</summary>
    private sealed record DatabaseObject(string Name, bool IsView, string? Comment)
    {
        public bool IsMadeOf(string hash) => Comment?.EndsWith($" {hash}]", StringComparison.Ordinal) == true;
    }

    /// <param name="Views">The views that are made again, which takes their comments away.</param>
    private sealed record Changes(
        List<string> Statements,
        List<(Table Table, Column Column)> Added,
        IReadOnlySet<string> Views
    );
}

/// <inheritdoc/>
internal sealed class DuckDbDrift(string location) : SchemaDrift(location, table => table.Columns, DuckDbTypes.Name)
{
    protected override string Remedy => "Run these statements with the DuckDB command line";

    protected override string Rebuild => "Move the file away and rebuild it";

    protected override string ChangeType(string table, string column, string type) =>
        $"ALTER TABLE dw.{table} ALTER COLUMN {column} SET DATA TYPE {type};";

    protected override string Rename(string table, string from, string to) =>
        $"ALTER TABLE dw.{table} RENAME COLUMN {Quoted(from)} TO {to};";

    protected override string Drop(string table, string column) =>
        $"ALTER TABLE dw.{table} DROP COLUMN {Quoted(column)};";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
