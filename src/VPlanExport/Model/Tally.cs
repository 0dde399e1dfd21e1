using System.Globalization;

namespace VPlanExport.Model;

/// <summary>What a station of the way of the data holds of a table: rows, and the sums of their minutes and hours.</summary>
public readonly record struct Tally(long Rows, long Minutes, decimal Hours)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Rows + b.Rows, a.Minutes + b.Minutes, a.Hours + b.Hours);

    public static Tally operator -(Tally a, Tally b) => new(a.Rows - b.Rows, a.Minutes - b.Minutes, a.Hours - b.Hours);

    public static Tally Of(RowBatch batch) => new(
        batch.Count,
        batch.Table.Minutes.Sum(column => Sum(batch[column.Name])),
        batch.Table.Hours.Sum(column => Sum(batch.Typed<decimal>(column.Name))));

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

    private static long Sum(ColumnBuffer column)
    {
        var sum = 0L;
        for (var row = 0; row < column.Count; row++)
            sum += column.IsNull(row) ? 0 : column is ColumnBuffer<int> small ? small[row] : ((ColumnBuffer<long>)column)[row];
        return sum;
    }

    private static decimal Sum(ColumnBuffer<decimal> column)
    {
        var sum = 0m;
        for (var row = 0; row < column.Count; row++)
            sum += column.IsNull(row) ? 0 : column[row];
        return sum;
    }
}
