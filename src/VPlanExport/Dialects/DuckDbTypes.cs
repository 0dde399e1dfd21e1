using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>
/// Column types as DuckDB spells them. Timestamps are TIMESTAMP and hold UTC: a TIMESTAMP WITH TIME ZONE is shown, cast
/// to a date and compared in the time zone of whoever opens the file, so the same query would answer differently per
/// machine.
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
