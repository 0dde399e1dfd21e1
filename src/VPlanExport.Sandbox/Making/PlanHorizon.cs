namespace VPlanExport.Sandbox;

/// <summary>
/// The days on which jobs start. All work of the coming five weeks is planned; of what starts later, the less the
/// further ahead it is.
/// </summary>
internal sealed class PlanHorizon
{
    private const int PlannedDays = 35;
    private const int LongestJob = 12;
    private const double LeastShare = 0.25;
    private readonly Timeline time;
    private readonly List<DateOnly> days = [];
    private readonly List<double> upTo = [];

    public PlanHorizon(Timeline time)
    {
        this.time = time;
        var sum = 0.0;
        for (var day = time.First; day < time.Last.AddDays(-LongestJob); day = day.AddDays(1))
            if (DutchCalendar.IsWorkday(day))
            {
                days.Add(day);
                upTo.Add(sum += ShareOf(day));
            }
    }

    /// <summary>What share of the work that starts on a day is planned.</summary>
    public double ShareOf(DateOnly day)
    {
        var ahead = day.DayNumber - time.Today.DayNumber - PlannedDays;
        var most = time.Last.DayNumber - time.Today.DayNumber - PlannedDays - LongestJob;
        return Math.Clamp(1 - (1 - LeastShare) * ahead / most, LeastShare, 1);
    }

    /// <summary>The day on which planned work starts when a part of it, from 0 to 1, starts before.</summary>
    /// <param name="away">Workdays from that day; those that would leave the horizon turn back.</param>
    public DateOnly Day(double part, int away)
    {
        var index = upTo.BinarySearch(part * upTo[^1]);
        index = Math.Abs((index < 0 ? ~index : index) + away);
        return days[index < days.Count ? index : 2 * (days.Count - 1) - index];
    }
}
