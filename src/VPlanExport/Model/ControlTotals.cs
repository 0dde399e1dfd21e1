using System.Globalization;

namespace VPlanExport.Model;

/// <summary>What a stage holds of a table: rows, and the sums of their minutes and hours.</summary>
internal readonly record struct ControlTotals(long Rows, long Minutes, decimal Hours)
{
    public static ControlTotals operator +(ControlTotals a, ControlTotals b) =>
        new(a.Rows + b.Rows, a.Minutes + b.Minutes, a.Hours + b.Hours);

    public static ControlTotals operator -(ControlTotals a, ControlTotals b) =>
        new(a.Rows - b.Rows, a.Minutes - b.Minutes, a.Hours - b.Hours);

    public static ControlTotals Of(RowBatch batch) => Of(batch, batch.Count, row => row);

    /// <param name="rows">The rows that count.</param>
    public static ControlTotals Of(RowBatch batch, int[] rows) => Of(batch, rows.Length, i => rows[i]);

    public static ControlTotals Sum(IEnumerable<ControlTotals> tallies) =>
        tallies.Aggregate(default(ControlTotals), (sum, tally) => sum + tally);

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

    /// <param name="at">The place of the i-th row that counts.</param>
    private static ControlTotals Of(RowBatch batch, int count, Func<int, int> at)
    {
        var (minutes, hours) = (0L, 0m);
        foreach (var column in batch.Table.Minutes.Select(c => batch[c.Name]))
        {
            for (var i = 0; i < count; i++)
                minutes +=
                    column.IsNull(at(i)) ? 0
                    : column is ColumnBuffer<int> small ? small[at(i)]
                    : ((ColumnBuffer<long>)column)[at(i)];
        }
        foreach (var column in batch.Table.Hours.Select(c => batch.Typed<decimal>(c.Name)))
        {
            for (var i = 0; i < count; i++)
                hours += column.IsNull(at(i)) ? 0 : column[at(i)];
        }
        return new ControlTotals(count, minutes, hours);
    }
}
