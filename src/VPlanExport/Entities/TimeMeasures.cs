using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Hours that were tracked, what they are worth, and how they compare with the plan.</summary>
internal static class TimeMeasures
{
    public static readonly MeasureList All = new(Time);

    public static readonly Measure Tracked = All.Add(
        Entry,
        "Tracked hours",
        "Geboekte uren",
        "Hours of time entries whose timer has stopped.",
        MeasureFormat.Hours,
        Hours(Sum(Entry, "minutes", Stopped)),
        view: "sum(minutes) / 60.0 FROM bi.time_entry"
    );

    public static readonly Measure Entries = All.Add(
        Entry,
        "Time entries",
        "Aantal urenregels",
        "Time entries whose timer has stopped.",
        MeasureFormat.Count,
        Count(Entry, Stopped),
        view: "count(*) FROM bi.time_entry"
    );

    public static readonly Measure BillableHours = All.Add(
        Entry,
        "Billable hours",
        "Declarabele uren",
        "Tracked hours on billable activities.",
        MeasureFormat.Hours,
        Hours(Sum(Entry, "minutes", Billable)),
        view: "sum(billable_minutes) / 60.0 FROM bi.billable"
    );

    public static readonly Measure BillableShare = All.Add(
        Entry,
        "Billable share",
        "Declarabel aandeel",
        "Billable hours divided by tracked hours.",
        Percent,
        new Ratio(BillableHours, Tracked),
        view: "1.0 * sum(billable_minutes) / sum(tracked_minutes) FROM bi.billable"
    );

    public static readonly Measure BillableValue = All.Add(
        Entry,
        "Billable value",
        "Declarabele waarde",
        "Billable hours times the hourly rate that the activity has today. Activities without a rate count "
            + "nothing.",
        Amount,
        Hours(Sum(Entry, new Product("minutes", new Related("activity_key", "hourly_rate")), Billable)),
        view: "sum(value) FROM bi.billable"
    );

    public static readonly Measure EntriesToApprove = All.Add(
        Entry,
        "Entries to approve",
        "Goed te keuren regels",
        "Time entries that are draft, pending or rejected.",
        MeasureFormat.Count,
        Count(Entry, ToApprove),
        view: "sum(entries) FROM bi.approval_backlog"
    );

    public static readonly Measure HoursToApprove = All.Add(
        Entry,
        "Tracked hours to approve",
        "Goed te keuren uren",
        "Tracked hours that are draft, pending or rejected.",
        MeasureFormat.Hours,
        Hours(Sum(Entry, "minutes", ToApprove)),
        view: "sum(minutes) / 60.0 FROM bi.approval_backlog"
    );

    public static readonly Measure OldestToApprove = All.Add(
        Entry,
        "Oldest entry to approve",
        "Oudste goed te keuren regel",
        "First day with a time entry that is not approved.",
        MeasureFormat.Date,
        Least(Entry, "work_date", ToApprove),
        view: "min(oldest_date) FROM bi.approval_backlog"
    );

    public static readonly Measure PlannedOfTracked = All.Add(
        Entry,
        "Planned hours of tracked work",
        "Geplande uren van geboekt werk",
        "Plan of each card and activity, shared out over the time entries on it by their minutes. Over all "
            + "entries a plan counts once.",
        MeasureFormat.Hours,
        Hours(
            new Shared(Sum(CardActivity, "planned_minutes"), Sum(Entry, "minutes", Stopped), "card_key", "activity_key")
        ),
        view: "sum(planned_minutes) / 60.0 FROM bi.productivity"
    );

    public static readonly Measure Productivity = All.Add(
        Entry,
        "Productivity",
        "Productiviteit",
        "Planned hours of tracked work divided by tracked hours. Above 100 % fewer hours were needed than planned.",
        Percent,
        new Ratio(PlannedOfTracked, Tracked),
        view: "sum(planned_minutes) / sum(tracked_minutes) FROM bi.productivity"
    );

    public static readonly Measure PlannedOfDone = All.Add(
        Entry,
        "Planned hours of completed work",
        "Geplande uren van voltooid werk",
        "Planned hours of tracked work on cards that are completed.",
        MeasureFormat.Hours,
        Hours(
            new Shared(Sum(CardActivity, "planned_minutes"), Sum(Entry, "minutes", OnDone), "card_key", "activity_key")
        ),
        view: "sum(completed_planned_minutes) / 60.0 FROM bi.productivity"
    );

    public static readonly Measure TrackedOfDone = All.Add(
        Entry,
        "Tracked hours of completed work",
        "Geboekte uren van voltooid werk",
        "Tracked hours on cards that are completed.",
        MeasureFormat.Hours,
        Hours(Sum(Entry, "minutes", OnDone)),
        view: "sum(completed_tracked_minutes) / 60.0 FROM bi.productivity"
    );

    public static readonly Measure ProductivityOfDone = All.Add(
        Entry,
        "Productivity of completed work",
        "Productiviteit van voltooid werk",
        "Planned divided by tracked hours of cards that are completed: the score that is final.",
        Percent,
        new Ratio(PlannedOfDone, TrackedOfDone),
        view: "sum(completed_planned_minutes) / sum(completed_tracked_minutes) FROM bi.productivity"
    );

    public static readonly Measure TrackedOfCustomers = All.Add(
        Entry,
        "Tracked hours of customers",
        "Geboekte uren van klanten",
        "Tracked hours on collections that customers ordered. A collection with several customers counts for "
            + "each, and once in the total.",
        MeasureFormat.Hours,
        ByCustomer(Tracked),
        view: "sum(tracked_minutes) / 60.0 FROM bi.billable WHERE customers <> 'Unknown'"
    );
}
