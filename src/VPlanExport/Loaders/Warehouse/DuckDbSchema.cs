using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>Brings the file's schemas, tables and views up to the catalog, or says why it will not.</summary>
internal static class DuckDbSchema
{
    public static void Prepare(DuckDbSession session, string location, IReadOnlyList<Table> tables)
    {
        var actual = session
            .Rows(
                "SELECT table_name, column_name, data_type, schema_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name IN ('stg', 'dw') ORDER BY column_index",
                r => (Table: r.GetString(0), Column: new ActualColumn(r.GetString(1), r.GetString(2)), Schema: r.GetString(3)))
            .ToLookup(r => $"{r.Schema}.{r.Table}", r => r.Column);
        DuckDbDrift.Refuse(location, tables, table => [.. actual[$"dw.{table.Name}"]]);
        session.InTransaction(() =>
        {
            session.Execute("CREATE SCHEMA IF NOT EXISTS stg; CREATE SCHEMA IF NOT EXISTS dw; CREATE SCHEMA IF NOT EXISTS bi; CREATE SCHEMA IF NOT EXISTS etl");
            foreach (var table in tables)
                Bring(session, table, [.. actual[$"stg.{table.Name}"]], [.. actual[$"dw.{table.Name}"]]);
            foreach (var script in DuckDbScripts.Of("etl").Concat(DuckDbScripts.Of("bi")))
                session.Execute(script);
            return true;
        });
    }

    private static void Bring(DuckDbSession session, Table table, ActualColumn[] staging, ActualColumn[] star)
    {
        if (staging.Length > 0 && !staging.SequenceEqual(table.Columns.Select(ActualColumn.Of)))
            session.Execute($"DROP TABLE stg.{table.Name}");
        session.Execute(DuckDbTables.CreateStaging(table));
        if (star.Length == 0)
            session.Execute(DuckDbTables.CreateStar(table));
        foreach (var column in table.Columns.Where(c => star.Length > 0 && star.All(a => !a.Is(c))))
            session.Execute(DuckDbTables.AddColumn(table, column));
    }
}

/// <summary>A column as the file has it.</summary>
internal sealed record ActualColumn(string Name, string Type)
{
    public static ActualColumn Of(Column column) => new(column.Name, DuckDbTypes.Name(column.Type));

    public bool Is(Column column) => string.Equals(Name, column.Name, StringComparison.OrdinalIgnoreCase);
}
