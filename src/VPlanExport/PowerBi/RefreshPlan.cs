using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>Which tables and months of a published model a run has changed.</summary>
internal static class RefreshPlan
{
    /// <summary>Months that a refresh by policy loads again: <see cref="TmdlTable"/> writes as many.</summary>
    private const int IncrementalMonths = 3;

    /// <param name="changed">Tables with rows that are new, changed or deleted.</param>
    /// <param name="months">The changed months of a table, as 2026-10; null is of rows without a date. Null where the
    /// model is not refreshed by month.</param>
    public static IReadOnlyList<RefreshObject> Of(
        IReadOnlyCollection<Table> changed,
        Func<Table, IReadOnlyCollection<string?>>? months,
        ModelNames names,
        DateOnly today
    ) =>
        [
            .. ModelNames
                .All.Where(t => changed.Contains(t) || t == Freshness.View)
                .SelectMany(table =>
                    months is not null && ModelSource.SqlServer.IncrementalKey(table) is not null
                        ? months(table)
                            .Select(month => PartitionOf(month, today))
                            .Distinct()
                            .Order(StringComparer.Ordinal)
                            .Select(p => new RefreshObject(names.Table(table), p))
                        : [new RefreshObject(names.Table(table))]
                ),
        ];

    /// <summary>
    /// The partition that a policy of months and years keeps a month in, as the service names it: a month such as
    /// 2026Q410 while a refresh reaches its quarter, then its quarter, and its year when that is over. Rows without a
    /// date, and of months to come, are in the current month's.
    /// </summary>
    public static string PartitionOf(string? month, DateOnly today)
    {
        var current = new DateOnly(today.Year, today.Month, 1);
        var day = month is null
            ? current
            : DateOnly.ParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (day > current)
            day = current;
        var first = current.AddMonths(-IncrementalMonths);
        var quarter = (day.Month + 2) / 3;
        if (new DateOnly(day.Year, quarter * 3, 1) >= first)
            return string.Create(CultureInfo.InvariantCulture, $"{day.Year}Q{quarter}{day.Month:00}");
        return new DateOnly(day.Year, 12, 1) >= first
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}Q{quarter}")
            : string.Create(CultureInfo.InvariantCulture, $"{day.Year}");
    }
}
