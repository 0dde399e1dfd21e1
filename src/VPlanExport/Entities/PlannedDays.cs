using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// A card's plan spread over its days. vPlan knows how long a card's work takes, who is assigned and from when to when,
/// not how much of it falls on whom on which day, so this is an estimate (gaps E5, E6).
/// </summary>
internal static class PlannedDays
{
    public static readonly Table Fact = ComputedFact(
            "fact_planned_day",
            "planned_day",
            "One row per card, resource, activity and day with planned minutes; they add up to the card's."
        )
        .Titled("Geplande dag")
        .Ref("card_key", Cards.Dim.Name, "card", null, "The card.")
        .Ref(
            "resource_key",
            Resources.Dim.Name,
            "resource",
            null,
            "One of the card's resources of the activity's type; unknown where none of them is."
        )
        .Ref("activity_key", Activities.Dim.Name, "activity", null, "The activity.")
        .ComputedDay("date", "The day.")
        .Dutch("Datum")
        .Computed("planned_minutes", ColumnType.Int64, "Planned time on that day.", "minutes")
        .Dutch("Geplande minuten")
        .Computed("is_estimate", ColumnType.Bool, "Always true: vPlan does not say what is planned on which day.")
        .Dutch("Schatting")
        .Computed(
            "method",
            ColumnType.Text(20),
            "The days it is spread over: resource_workdays (the board's workdays on which the resource has "
                + "hours, and those that its schedule does not reach), board_workdays, all_days, or start_day for "
                + "plans of more than three years."
        )
        .Dutch("Methode")
        .PartitionBy("date")
        .Build();
}
