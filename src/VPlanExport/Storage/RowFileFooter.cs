namespace VPlanExport.Storage;

/// <summary>What a row file says about itself: its rows, and statistics of the columns it holds, by name.</summary>
public sealed record RowFileFooter(long Rows, IReadOnlyDictionary<string, ColumnStats> Columns);

/// <summary>Least and greatest value as the column's C# type, and the number of nulls.</summary>
/// <param name="Min">Null when there is no value, or when the column's kind has no bounds.</param>
public sealed record ColumnStats(object? Min, object? Max, long NullCount);
