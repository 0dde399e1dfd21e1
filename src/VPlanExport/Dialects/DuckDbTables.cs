using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>DuckDB's DDL for a star table.</summary>
internal static class DuckDbTables
{
    /// <summary><c>stg</c>: the rows of the last run as they landed, with no constraint.</summary>
    public static string CreateStaging(Table table) => Create("stg", table, _ => "");

    /// <summary><c>dw</c>: the star. Keys are unique by the merge, not by an index: DuckDB's would have to fit in memory.</summary>
    public static string CreateStar(Table table) => Create("dw", table, column => column.Type.IsNullable ? "" : " NOT NULL");

    /// <summary>Rows that are there get null, or the unknown member where the type has no null.</summary>
    public static string AddColumn(Table table, Column column) =>
        $"ALTER TABLE dw.{table.Name} ADD COLUMN {column.Name} {DuckDbTypes.Name(column.Type)}{(column.Type.IsNullable ? "" : " DEFAULT -1")};";

    private static string Create(string schema, Table table, Func<Column, string> constraint)
    {
        var last = table.Columns.Count - 1;
        var lines = table.Columns.Select((column, i) =>
            $"    {column.Name} {DuckDbTypes.Name(column.Type)}{constraint(column)}{(i < last ? "," : "")} -- {column.Meaning}\n");
        return $"-- {table.Grain}\nCREATE TABLE IF NOT EXISTS {schema}.{table.Name} (\n{string.Concat(lines)});\n";
    }
}
