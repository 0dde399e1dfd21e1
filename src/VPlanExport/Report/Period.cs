using VPlanExport.Model;

namespace VPlanExport.Report;

/// <summary>The day that the report is of, and the ISO weeks around it.</summary>
internal sealed record Period(DateOnly Day)
{
    private readonly DateOnly _monday = IsoWeek.MondayOf(Day);

    /// <summary>The ISO week with that offset from the day's, such as 2026-W48.</summary>
    public string Week(int offset) => IsoWeek.NameOf(_monday.AddDays(7 * offset));

    /// <summary>The weeks from one offset to another, the first and the last included.</summary>
    public IReadOnlyList<string> Weeks(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(Week)];

    /// <summary>The last day of the week with that offset.</summary>
    public DateOnly Sunday(int offset) => _monday.AddDays((7 * offset) + 6);
}
