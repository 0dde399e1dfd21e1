using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>Brings the file's schemas, tables and views up to the catalog, or says why it will not.</summary>
internal static class DuckDbSchema
{
    /// <summary>Changes nothing.</summary>
    public static void Check(DuckDbSession session, string location, IReadOnlyList<Table> tables) =>
        Check(session, location, tables, ActualOf(session));

    /// <returns>The columns added to tables that have rows, as <c>dw.table.column</c>.</returns>
    public static IReadOnlyList<string> Prepare(DuckDbSession session, string location, IReadOnlyList<Table> tables)
    {
        var actual = ActualOf(session);
        Check(session, location, tables, actual);
        return session.InTransaction(() =>
        {
            var added = new List<string>();
            session.Execute("CREATE SCHEMA IF NOT EXISTS stg; CREATE SCHEMA IF NOT EXISTS dw; CREATE SCHEMA IF NOT EXISTS bi; CREATE SCHEMA IF NOT EXISTS etl");
            foreach (var table in tables)
                added.AddRange(Bring(session, table, [.. actual[$"stg.{table.Name}"]], [.. actual[$"dw.{table.Name}"]]));
            foreach (var script in SqlScripts.Of("duckdb", "etl"))
                Bring(session, script, [.. actual[$"etl.{script.Name}"]]);
            foreach (var view in SqlScripts.Of("duckdb", "bi"))
                session.Execute($"DROP VIEW IF EXISTS bi.{view.Name}; {view.Text}");
            var marked = Marked(session);
            foreach (var table in Ours(tables).Where(o => !o.IsView && !marked.Contains(o.Name)))
                session.Execute($"COMMENT ON TABLE {table.Schema}.\"{table.Table}\" IS '{TableOwnership.Mark}'");
            return added;
        });
    }

    /// <summary>The columns of every table that is there, as <c>dw.table</c>.</summary>
    private static ILookup<string, ActualColumn> ActualOf(DuckDbSession session) => session
        .Rows(
            "SELECT table_name, column_name, data_type, schema_name FROM duckdb_columns() "
            + "WHERE database_name = current_database() AND schema_name IN ('stg', 'dw', 'etl', 'bi') ORDER BY column_index",
            r => (Table: r.GetString(0), Column: new ActualColumn(r.GetString(1), r.GetString(2)), Schema: r.GetString(3)))
        .ToLookup(r => $"{r.Schema}.{r.Table}", r => r.Column);

    private static void Check(
        DuckDbSession session, string location, IReadOnlyList<Table> tables, ILookup<string, ActualColumn> actual)
    {
        new TableOwnership(location, Ours(tables), actual, Marked(session)).RefuseForeign(areViewsOurs: true, _ => "");
        var drift = new DuckDbDrift(location);
        drift.RefuseLost(Journal.Tables(session).Where(name => !actual.Contains($"dw.{name}")));
        drift.Refuse(tables, table => [.. actual[$"dw.{table.Name}"]]);
    }

    private static IReadOnlyList<OwnedTable> Ours(IReadOnlyList<Table> tables) =>
        OwnedTable.Of(tables, table => table.Columns, SqlScripts.Of("duckdb", "etl").Concat(SqlScripts.Of("duckdb", "bi")));

    private static HashSet<string> Marked(DuckDbSession session) =>
    [
        .. session.Rows(
            $"SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = current_database() AND comment = '{TableOwnership.Mark}'",
            r => r.GetString(0)),
    ];

    /// <summary>The journal of an earlier version gets the columns that came since.</summary>
    private static void Bring(DuckDbSession session, SqlScript script, ActualColumn[] there)
    {
        session.Execute(script.Text);
        foreach (var column in script.Columns.Where(c => there.Length > 0 && !there.Any(a => a.Name == c.Name)))
            session.Execute($"ALTER TABLE etl.{script.Name} ADD COLUMN {column.Declaration}");
    }

    private static List<string> Bring(DuckDbSession session, Table table, ActualColumn[] staging, ActualColumn[] star)
    {
        if (staging.Length > 0 && !staging.SequenceEqual(table.Columns.Select(c => new ActualColumn(c.Name, DuckDbTypes.Name(c.Type)))))
            session.Execute($"DROP TABLE stg.{table.Name}");
        session.Execute(DuckDbTables.CreateStaging(table));
        if (star.Length == 0)
            session.Execute(DuckDbTables.CreateStar(table));
        var missing = table.Columns.Where(c => star.Length > 0 && star.All(a => !a.Is(c))).ToList();
        foreach (var column in missing)
            session.Execute(DuckDbTables.AddColumn(table, column));
        return session.Number(new DuckDbMerge(table).IsEmpty) == 1 ? [] : missing.ConvertAll(c => $"dw.{table.Name}.{c.Name}");
    }
}

/// <inheritdoc/>
internal sealed class DuckDbDrift(string location) : SchemaDrift(location, table => table.Columns, DuckDbTypes.Name)
{
    protected override string Mend => "Run these statements with the DuckDB command line";

    protected override string Rebuild => "Move the file away and build it anew";

    protected override string ChangeType(string table, string column, string type) => $"ALTER TABLE dw.{table} ALTER COLUMN {column} SET DATA TYPE {type};";

    protected override string Rename(string table, string from, string to) => $"ALTER TABLE dw.{table} RENAME COLUMN {Quoted(from)} TO {to};";

    protected override string Drop(string table, string column) => $"ALTER TABLE dw.{table} DROP COLUMN {Quoted(column)};";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
