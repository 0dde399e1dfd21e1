using VPlanExport.Model;

namespace VPlanExport.Transform.Derived;

/// <summary>Minutes of an activity on a card.</summary>
/// <param name="ResourceType">The type of resource that does it; null when vPlan does not say.</param>
internal readonly record struct PlannedWork(long Activity, string? ResourceType, long Minutes);

internal readonly record struct AssignedResource(long Key, string? Type);

internal readonly record struct PlannedDay(long Resource, long Activity, DateOnly Date, long Minutes, string Method);

/// <summary>
/// The rule by which a card's minutes are spread (gaps E5, E6): each activity's evenly over the card's resources of its
/// type, and each one's evenly over the board's workdays from start to end on which the resource has hours. What does
/// not divide goes a minute each to the first ones, so that the parts add up to the whole.
/// </summary>
/// <param name="isWorkday">The board's workdays.</param>
/// <param name="hasHours">Whether a resource has hours on a day; null when its schedule does not say, which counts as
/// yes.</param>
internal sealed class PlanSpread(Func<DateOnly, bool> isWorkday, Func<long, DateOnly, bool?> hasHours)
{
    public const string ResourceWorkdays = "resource_workdays";
    public const string BoardWorkdays = "board_workdays";
    public const string AllDays = "all_days";
    public const string StartDay = "start_day";

    /// <summary>Longer plans are slips of the keyboard rather than plans: they stay on their first day.</summary>
    private const int MostDays = 3 * 366;

    /// <param name="end">Null, or before <paramref name="start"/>, for a plan of one day.</param>
    /// <param name="assigned">Nobody, or nobody of an activity's type, leaves its minutes with the unknown
    /// resource.</param>
    public IEnumerable<PlannedDay> Of(
        DateOnly start,
        DateOnly? end,
        IEnumerable<PlannedWork> work,
        IReadOnlyList<AssignedResource> assigned
    )
    {
        var last = end > start ? end.Value : start;
        foreach (var piece in work)
        {
            var resources = assigned
                .Where(a => piece.ResourceType is null || a.Type == piece.ResourceType)
                .Select(a => a.Key)
                .Order()
                .ToList();
            if (resources.Count == 0)
                resources.Add(Model.SurrogateKey.Unknown);
            foreach (var (resource, share) in resources.Zip(Shares(piece.Minutes, resources.Count)))
            {
                var (days, method) = DaysOf(resource, start, last);
                foreach (var (day, minutes) in days.Zip(Shares(share, days.Count)).Where(part => part.Second != 0))
                    yield return new PlannedDay(resource, piece.Activity, day, minutes, method);
            }
        }
    }

    private (List<DateOnly> Days, string Method) DaysOf(long resource, DateOnly start, DateOnly last)
    {
        var count = last.DayNumber - start.DayNumber + 1;
        if (count > MostDays)
            return ([start], StartDay);
        var all = Enumerable.Range(0, count).Select(start.AddDays).ToList();
        var workdays = all.FindAll(day => isWorkday(day));
        var withHours = workdays.FindAll(day => hasHours(resource, day) != false);
        if (withHours.Count == 0)
            return workdays.Count > 0 ? (workdays, BoardWorkdays) : (all, AllDays);
        return (
            withHours,
            workdays.Exists(day => hasHours(resource, day) is not null) ? ResourceWorkdays : BoardWorkdays
        );
    }

    /// <summary>Whole parts that add up: equal ones, and what is left over one each to the first.</summary>
    private static IEnumerable<long> Shares(long minutes, int parts)
    {
        var (share, rest) = Math.DivRem(minutes, parts);
        return Enumerable.Range(0, parts).Select(part => share + (part < Math.Abs(rest) ? Math.Sign(rest) : 0));
    }
}
