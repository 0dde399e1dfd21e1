using System.Globalization;

namespace VPlanExport.Model;

/// <summary>The month of a row's business date: months since the year 0, and 0 where there is no date.</summary>
internal sealed class RowMonth(Table table)
{
    private readonly int? _date = table.MonthDate is { } date ? table.Ordinal(date) : null;

    public int Of(RowBatch batch, int row) =>
        _date is { } date && !batch[date].IsNull(row) && ((ColumnBuffer<DateOnly>)batch[date])[row] is var day
            ? (day.Year * 12) + day.Month - 1
            : 0;

    /// <summary>Such as <c>2026-10</c>; empty for no date.</summary>
    public static string Name(int month) =>
        month == 0
            ? ""
            : new DateOnly(month / 12, (month % 12) + 1, 1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
