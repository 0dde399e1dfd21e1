using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>How the plan has changed, and what it said on a day.</summary>
internal static class PlanChangeMeasures
{
    public static readonly MeasureList All = new(Change);

    public static readonly Measure PlanChanges = All.Add(
        PlanChange,
        "Plan changes",
        "Aantal planwijzigingen",
        "Changes of the plans of cards that runs saw.",
        MeasureFormat.Count,
        ByCard(Count(PlanChange, Changed)),
        view: "count(*) FROM bi.plan_slip"
    );

    public static readonly Measure Slip = All.Add(
        PlanChange,
        "Slip",
        "Verschuiving",
        "Days that planned last days moved, added up. Later is positive.",
        MeasureFormat.Days,
        ByCard(Sum(PlanChange, "slip_days", Changed)),
        view: "sum(slip_days) FROM bi.plan_slip"
    );

    public static readonly Measure AverageSlip = All.Add(
        PlanChange,
        "Average slip",
        "Gemiddelde verschuiving",
        "Average days that a planned last day moved.",
        MeasureFormat.Days,
        ByCard(Mean(PlanChange, "slip_days", Changed)),
        view: "avg(1.0 * slip_days) FROM bi.plan_slip"
    );

    public static readonly Measure Slipped = All.Add(
        PlanChange,
        "Changes that slip",
        "Verschuivingen naar later",
        "Plan changes that moved the planned last day to a later one.",
        MeasureFormat.Count,
        ByCard(Count(PlanChange, new Both(Changed, new Positive("slip_days")))),
        view: "count(*) FROM bi.plan_slip WHERE slip_days > 0"
    );

    public static readonly Measure PlanGrowth = All.Add(
        PlanChange,
        "Planned hours added",
        "Toegevoegde geplande uren",
        "Planned hours that plan changes added.",
        MeasureFormat.Hours,
        ByCard(Hours(Sum(PlanChange, new Difference("old_planned_minutes", "new_planned_minutes"), Changed))),
        view: "sum(planned_change_minutes) / 60.0 FROM bi.plan_slip"
    );

    public static readonly Measure ThenStart = All.Add(
        History,
        "Planned start on the day",
        "Geplande start op de dag",
        "First day that was planned at the beginning of the last chosen day.",
        MeasureFormat.Date,
        ByCard(Least(History, "start_date", OnChosenDay))
    );

    public static readonly Measure ThenEnd = All.Add(
        History,
        "Planned end on the day",
        "Gepland einde op de dag",
        "Last day that was planned at the beginning of the last chosen day.",
        MeasureFormat.Date,
        ByCard(Greatest(History, "end_date", OnChosenDay))
    );

    public static readonly Measure ThenPlanned = All.Add(
        History,
        "Planned hours on the day",
        "Geplande uren op de dag",
        "Hours that cards were planned for at the beginning of the last chosen day.",
        MeasureFormat.Hours,
        ByCard(Hours(Sum(History, "planned_minutes", OnChosenDay)))
    );
}
