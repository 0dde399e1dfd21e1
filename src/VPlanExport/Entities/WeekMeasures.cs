using VPlanExport.Model;
using static VPlanExport.Entities.CapacityMeasures;
using static VPlanExport.Entities.CardMeasures;
using static VPlanExport.Entities.DeliveryMeasures;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Entities.PlanningMeasures;
using static VPlanExport.Entities.TimeMeasures;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>The figures of this ISO week and the last, whatever period is chosen.</summary>
internal static class WeekMeasures
{
    public static readonly MeasureList All = new(Week);

    public static readonly Measure PlannedThisWeek = All.Add(
        ThisWeek(Planned, "Planned hours this week", "Geplande uren deze week")
    );

    public static readonly Measure PlannedLastWeek = All.Add(
        LastWeek(Planned, "Planned hours last week", "Geplande uren vorige week")
    );

    public static readonly Measure TrackedThisWeek = All.Add(
        ThisWeek(Tracked, "Tracked hours this week", "Geboekte uren deze week")
    );

    public static readonly Measure TrackedLastWeek = All.Add(
        LastWeek(Tracked, "Tracked hours last week", "Geboekte uren vorige week")
    );

    public static readonly Measure UtilisationThisWeek = All.Add(
        ThisWeek(Utilisation, "Utilisation this week", "Bezetting deze week")
    );

    public static readonly Measure UtilisationLastWeek = All.Add(
        LastWeek(Utilisation, "Utilisation last week", "Bezetting vorige week")
    );

    public static readonly Measure ProductivityThisWeek = All.Add(
        ThisWeek(Productivity, "Productivity this week", "Productiviteit deze week")
    );

    public static readonly Measure ProductivityLastWeek = All.Add(
        LastWeek(Productivity, "Productivity last week", "Productiviteit vorige week")
    );

    public static readonly Measure ThroughputThisWeek = All.Add(
        ThisWeek(Throughput, "Throughput this week", "Doorvoer deze week")
    );

    public static readonly Measure ThroughputLastWeek = All.Add(
        LastWeek(Throughput, "Throughput last week", "Doorvoer vorige week")
    );

    public static readonly Measure OnTimeThisWeek = All.Add(ThisWeek(OnTime, "On time this week", "Op tijd deze week"));

    public static readonly Measure OnTimeLastWeek = All.Add(
        LastWeek(OnTime, "On time last week", "Op tijd vorige week")
    );

    public static readonly Measure OpenLastWeek = All.Add(
        Card,
        "Open cards last week",
        "Open kaarten vorige week",
        "Cards that were open at the end of last ISO week, by the days they were made and completed.",
        MeasureFormat.Count,
        Count(
            Card,
            new Both(
                new AtMost("created_date", EndOfLastWeek),
                new Either(new Missing("completed_date"), new Before(EndOfLastWeek, "completed_date"))
            )
        )
    );

    public static readonly Measure OverdueLastWeek = All.Add(
        Card,
        "Overdue cards last week",
        "Kaarten over datum vorige week",
        "Cards that were open and past their due date of today at the end of last ISO week.",
        MeasureFormat.Count,
        Count(
            Card,
            new Both(
                new Before("due_date", EndOfLastWeek),
                new Either(new Missing("completed_date"), new Before(EndOfLastWeek, "completed_date"))
            )
        )
    );
}
