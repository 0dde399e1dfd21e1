using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Entities.TimeMeasures;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Hours that are planned.</summary>
internal static class PlanningMeasures
{
    public static readonly MeasureList All = new(Planning);

    public static readonly Measure Planned = All.Add(
        PlannedDay,
        "Planned hours",
        "Geplande uren",
        "Planned hours of cards, spread over their days: an estimate.",
        MeasureFormat.Hours,
        ByCard(Hours(Sum(PlannedDay, "planned_minutes"))),
        view: "sum(planned_minutes) / 60.0 FROM bi.utilisation_day"
    );

    public static readonly Measure PlannedOnCards = All.Add(
        CardActivity,
        "Planned hours on cards",
        "Geplande uren op kaarten",
        "Planned hours over the activities of cards.",
        MeasureFormat.Hours,
        ByCard(Hours(Sum(CardActivity, "planned_minutes"))),
        view: "sum(planned_minutes) / 60.0 FROM bi.planned_vs_actual"
    );

    public static readonly Measure RemainingOnCards = All.Add(
        CardActivity,
        "Remaining hours on cards",
        "Resterende uren op kaarten",
        "Hours left over the activities of cards.",
        MeasureFormat.Hours,
        ByCard(Hours(Sum(CardActivity, "remaining_minutes"))),
        view: "sum(remaining_minutes) / 60.0 FROM bi.planned_vs_actual"
    );

    public static readonly Measure OverPlan = All.Add(
        CardActivity,
        "Tracked hours over plan",
        "Geboekte uren boven plan",
        "Tracked hours less planned hours on cards. Less than zero is under plan.",
        MeasureFormat.Hours,
        new Minus(Tracked, PlannedOnCards),
        view: "sum(difference_minutes) / 60.0 FROM bi.planned_vs_actual"
    );

    public static readonly Measure ProductivityOnCards = All.Add(
        CardActivity,
        "Productivity on cards",
        "Productiviteit op kaarten",
        "Planned hours on cards divided by tracked hours, cards without tracked time included.",
        Percent,
        new Ratio(PlannedOnCards, Tracked),
        view: "1.0 * sum(planned_minutes) / sum(tracked_minutes) FROM bi.planned_vs_actual"
    );

    public static readonly Measure PlannedOfCustomers = All.Add(
        CardActivity,
        "Planned hours of customers",
        "Geplande uren van klanten",
        "Planned hours on cards of collections that customers ordered.",
        MeasureFormat.Hours,
        ByCustomer(Hours(Sum(Card, "planned_minutes"))),
        view: "sum(planned_minutes) / 60.0 FROM bi.card WHERE customers <> 'Unknown'"
    );

    public static readonly Measure OriginalOnCards = All.Add(
        Card,
        "Original planned hours",
        "Oorspronkelijk geplande uren",
        "Hours that cards were first planned for.",
        MeasureFormat.Hours,
        Hours(Sum(Card, "original_minutes")),
        view: "sum(original_minutes) / 60.0 FROM bi.card"
    );
}
