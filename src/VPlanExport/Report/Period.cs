using System.Globalization;

namespace VPlanExport.Report;

/// <summary>The day that the report is of, and the ISO weeks around it.</summary>
internal sealed record Period(DateOnly Day)
{
    public DateOnly Monday { get; } = Day.AddDays(-(((int)Day.DayOfWeek + 6) % 7));

    /// <summary>The ISO week with that offset from the day's, such as 2026-W48.</summary>
    public string Week(int offset)
    {
        var thursday = Monday.AddDays((7 * offset) + 3).ToDateTime(TimeOnly.MinValue);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ISOWeek.GetYear(thursday)}-W{ISOWeek.GetWeekOfYear(thursday):00}"
        );
    }

    /// <summary>The weeks from one offset to another, the first and the last included.</summary>
    public IReadOnlyList<string> Weeks(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(Week)];

    /// <summary>The last day of the week with that offset.</summary>
    public DateOnly Sunday(int offset) => Monday.AddDays((7 * offset) + 6);
}
