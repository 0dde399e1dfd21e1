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
        return missing.Statements.Count == 0
            ? []
            : session.InTransaction(() =>
            {
                session.Execute(
                    "CREATE SCHEMA IF NOT EXISTS stg; CREATE SCHEMA IF NOT EXISTS dw; CREATE SCHEMA IF NOT "
                        + "EXISTS bi; CREATE SCHEMA IF NOT EXISTS etl"
                );
                foreach (var statement in missing.Statements)
                    session.Execute(statement);
                return missing
                    .Added.Where(a => session.Number(new DuckDbMerge(a.Table).IsEmpty) != 1)
                    .Select(a => $"dw.{a.Table.Name}.{a.Column.Name}")
                    .ToList();
            });
    }

    /// <summary>What makes the file what the catalog declares, in order.</summary>
    private static (List<string> Statements, List<(Table Table, Column Column)> Added) Missing(
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
        var unmarked = tables
            .Select(t => $"dw.{t.Name}")
            .Concat(scripts[false].Select(NameOf))
            .Where(name => objects.GetValueOrDefault(name)?.Comment != TableOwnership.Mark);
        statements.AddRange(unmarked.Select(name => $"COMMENT ON TABLE {Quoted(name)} IS '{TableOwnership.Mark}'"));
        // A view is bound to the columns that it was made with.
        var isStarChanged = statements.Count > 0;
        foreach (
            var view in scripts[true]
                .Where(v => isStarChanged || objects.GetValueOrDefault(NameOf(v))?.Comment != MarkOf(v))
        )
            statements.AddRange([
                $"DROP VIEW IF EXISTS {NameOf(view)}",
                view.Text,
                $"COMMENT ON VIEW {NameOf(view)} IS '{MarkOf(view)}'",
            ]);
        return (statements, added);
    }

    private static string NameOf(SqlScript script) => $"{script.Schema}.{script.Name}";

    /// <summary>The journal of an earlier version gets the columns that came since.</summary>
    private static IEnumerable<string> Columns(SqlScript script, IEnumerable<ActualColumn> there) =>
        script
            .Columns.Where(c => !there.Any(a => a.Name == c.Name))
            .Select(c => $"ALTER TABLE {Quoted(NameOf(script))} ADD COLUMN {c.Declaration}");

    /// <summary>Says which text a view was made of.</summary>
    private static string MarkOf(SqlScript view) =>
        $"{TableOwnership.Mark} {Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(view.Text)))}";

    private static string Quoted(string name) => string.Join('.', name.Split('.').Select(part => $"\"{part}\""));

    /// <summary>The columns of every table and view that is there, by <c>schema.name</c>.</summary>
    private static ILookup<string, ActualColumn> ColumnsOf(DuckDbSession session) =>
        session
            .Rows(
                "SELECT table_name, column_name, data_type, schema_name FROM duckdb_columns() "
                    + "WHERE database_name = current_database() AND schema_name IN ('stg', 'dw', 'etl', 'bi') "
                    + "ORDER BY column_index",
                r =>
                    (
                        Table: r.GetString(0),
                        Column: new ActualColumn(r.GetString(1), r.GetString(2)),
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
            .Values.Where(o => o.Comment?.Split(' ')[0] == TableOwnership.Mark)
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
    private sealed record DatabaseObject(string Name, bool IsView, string? Comment);
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
