using System.Globalization;

namespace VPlanExport.Model;

/// <summary>What a station of the way of the data holds of a table: rows, and the sums of their minutes and hours.</summary>
public readonly record struct Tally(long Rows, long Minutes, decimal Hours)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Rows + b.Rows, a.Minutes + b.Minutes, a.Hours + b.Hours);

    public static Tally operator -(Tally a, Tally b) => new(a.Rows - b.Rows, a.Minutes - b.Minutes, a.Hours - b.Hours);

    public static Tally Of(RowBatch batch) => Of(batch, [.. Enumerable.Range(0, batch.Count)]);

    /// <param name="rows">The rows that count.</param>
    public static Tally Of(RowBatch batch, int[] rows) => new(
        rows.Length,
        batch.Table.Minutes.Sum(column => Sum(batch[column.Name], rows)),
        batch.Table.Hours.Sum(column => Sum(batch.Typed<decimal>(column.Name), rows)));

    public static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(default(Tally), (sum, tally) => sum + tally);

    /// <summary>Such as <c>4,812 rows, 1,203,000 minutes</c>; sums that are 0 are left out.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows");
        if (Minutes != 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Minutes:N0} minutes");
        if (Hours != 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Hours:#,0.####} hours");
        return text;
    }

    private static long Sum(ColumnBuffer column, int[] rows) => rows.Where(row => !column.IsNull(row)).Sum(row => column is ColumnBuffer<int> small ? small[row] : ((ColumnBuffer<long>)column)[row]);

    private static decimal Sum(ColumnBuffer<decimal> column, int[] rows) => rows.Where(row => !column.IsNull(row)).Sum(row => column[row]);
}
