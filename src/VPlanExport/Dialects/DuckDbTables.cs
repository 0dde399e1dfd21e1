using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>DuckDB's DDL for a star table.</summary>
internal static class DuckDbTables
{
    /// <summary><c>stg</c>: a view without rows, which each load replaces by one of the run's row files.</summary>
    public static string CreateStaging(Table table) =>
        $"-- {table.Grain}\nCREATE OR REPLACE VIEW stg.{table.Name} AS "
        + $"SELECT\n{Lines(table, c => $"CAST(NULL AS {DuckDbTypes.Name(c.Type)}) AS {c.Name}")}WHERE false;\n";

    /// <summary><c>dw</c>: the star. Keys are unique by the merge, not by an index: DuckDB's would have to fit in
    /// memory.</summary>
    public static string CreateStar(Table table) =>
        $"-- {table.Grain}\nCREATE TABLE IF NOT EXISTS dw.{table.Name} "
        + $"(\n{Lines(table, c => $"{c.Name} {DuckDbTypes.Name(c.Type)}{(c.Type.IsNullable ? "" : " NOT NULL")}")});\n";

    /// <summary>Rows that are there get null, or the unknown member where the type has no null.</summary>
    public static string AddColumn(Table table, Column column) =>
        $"ALTER TABLE dw.{table.Name} ADD COLUMN {column.Name} "
        + $"{DuckDbTypes.Name(column.Type)}{(column.Type.IsNullable ? "" : " DEFAULT -1")};";

    /// <summary>Says in the database what something is for.</summary>
    /// <param name="suffix">What follows the text, such as a mark.</param>
    public static string Describe(Description of, string suffix = "") =>
        $"COMMENT ON {(of.Column is not null ? "COLUMN" : of.IsView ? "VIEW" : "TABLE")} \"{of.Schema}\".\"{of.Name}\""
        + $"{(of.Column is null ? "" : $".\"{of.Column}\"")} IS {SqlText.Literal($"{of.Text}{suffix}")}";

    private static string Lines(Table table, Func<Column, string> declaration) =>
        string.Concat(
            table.Columns.Select(
                (column, i) =>
                    $"    {declaration(column)}{(i < table.Columns.Count - 1 ? "," : "")} -- {column.Meaning}\n"
            )
        );
}

/// <summary>
/// Column types as DuckDB spells them. Timestamps are TIMESTAMP and hold UTC: a TIMESTAMP WITH TIME ZONE is shown, cast
/// to a date and compared in the time zone of the program that opens the file, so the same query would answer
/// differently per machine.
/// </summary>
internal static class DuckDbTypes
{
    public static string Name(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => "BIGINT",
            ColumnKind.Int32 or ColumnKind.DateKey => "INTEGER",
            ColumnKind.Bool => "BOOLEAN",
            ColumnKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
            ColumnKind.Date => "DATE",
            ColumnKind.Timestamp => "TIMESTAMP",
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => "VARCHAR",
        };

    /// <summary>The expression that reads the column from a row file.</summary>
    public static string FromParquet(Column column) =>
        column.Type.Kind == ColumnKind.Timestamp
            // A cast from the Parquet type asks ICU for the offset of every row: this is the same value at a third of
            // the cost.
            ? $"make_timestamp(epoch_us({column.Name})) AS {column.Name}"
            : column.Name;
}
