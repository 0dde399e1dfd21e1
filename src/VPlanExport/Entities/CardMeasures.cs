using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Cards: open, late, done and in progress.</summary>
internal static class CardMeasures
{
    public static readonly MeasureList All = new(Work);

    public static readonly Measure Cards = All.Add(
        Card,
        "Number of cards",
        "Aantal kaarten",
        "Cards, completed or not.",
        MeasureFormat.Count,
        Count(Card),
        view: "count(*) FROM bi.card"
    );

    public static readonly Measure OpenCards = All.Add(
        Card,
        "Open cards",
        "Open kaarten",
        "Cards that are not completed.",
        MeasureFormat.Count,
        Count(Card, Open),
        view: "count(*) FROM bi.card WHERE coalesce(is_completed, 0) = 0"
    );

    public static readonly Measure Overdue = All.Add(
        Card,
        "Overdue cards",
        "Kaarten over datum",
        "Open cards whose due date has passed.",
        MeasureFormat.Count,
        Count(Card, new Both(Open, new Before("due_date", Today))),
        view: "count(*) FROM bi.card WHERE coalesce(is_completed, 0) = 0 AND days_late > 0"
    );

    public static readonly Measure CardDaysLate = All.Add(
        Card,
        "Card days late",
        "Dagen te laat per kaart",
        "Average days from due date to completion, or to today while open. Less than zero is early.",
        MeasureFormat.Days,
        Mean(Card, new Days("due_date", new FirstOf("completed_date", Today))),
        view: "avg(1.0 * days_late) FROM bi.card"
    );

    public static readonly Measure NewCards = All.Add(
        Card,
        "New cards",
        "Nieuwe kaarten",
        "Cards that were made in the period.",
        MeasureFormat.Count,
        Count(Card, new Known("created_date"), "created_date_key"),
        view: "count(created_date) FROM bi.card"
    );

    public static readonly Measure DueCards = All.Add(
        Card,
        "Cards due",
        "Kaarten met uiterste datum",
        "Cards that are due in the period.",
        MeasureFormat.Count,
        Count(Card, new Known("due_date"), "due_date_key"),
        view: "count(due_date) FROM bi.card"
    );

    public static readonly Measure EndingCards = All.Add(
        Card,
        "Cards planned to end",
        "Kaarten met gepland einde",
        "Cards that are planned to end in the period.",
        MeasureFormat.Count,
        Count(Card, new Known("end_date"), "end_date_key"),
        view: "count(end_date) FROM bi.card"
    );

    public static readonly Measure Throughput = All.Add(
        Card,
        "Throughput",
        "Doorvoer",
        "Cards that were completed in the period.",
        MeasureFormat.Count,
        Count(Card, Completed, "completed_date_key"),
        view: "sum(completed_cards) FROM bi.throughput_week"
    );

    public static readonly Measure ThroughputHours = All.Add(
        Card,
        "Throughput hours",
        "Doorvoer in uren",
        "Planned hours of cards that were completed in the period.",
        MeasureFormat.Hours,
        Hours(Sum(Card, "planned_minutes", Completed, "completed_date_key")),
        view: "sum(planned_minutes) / 60.0 FROM bi.throughput_week"
    );

    public static readonly Measure InProgressCards = All.Add(
        Card,
        "Cards in progress",
        "Kaarten in uitvoering",
        "Open cards whose planned first day has come, or on which time was tracked.",
        MeasureFormat.Count,
        Count(Card, InProgress),
        view: "count(*) FROM bi.work_in_progress"
    );

    public static readonly Measure InProgressAge = All.Add(
        Card,
        "Age of cards in progress",
        "Leeftijd van kaarten in uitvoering",
        "Average days since the start of cards in progress.",
        MeasureFormat.Days,
        Mean(Card, new Days(Started, Today), InProgress),
        view: "avg(1.0 * age_days) FROM bi.work_in_progress"
    );

    public static readonly Measure InProgressPlanned = All.Add(
        Card,
        "Planned hours in progress",
        "Geplande uren in uitvoering",
        "Planned hours of cards in progress.",
        MeasureFormat.Hours,
        Hours(Sum(Card, "planned_minutes", InProgress)),
        view: "sum(planned_minutes) / 60.0 FROM bi.work_in_progress"
    );

    public static readonly Measure InProgressLeft = All.Add(
        Card,
        "Remaining hours in progress",
        "Resterende uren in uitvoering",
        "Hours left on cards in progress.",
        MeasureFormat.Hours,
        Hours(Sum(Card, "remaining_minutes", InProgress)),
        view: "sum(remaining_minutes) / 60.0 FROM bi.work_in_progress"
    );

    public static readonly Measure InProgressTracked = All.Add(
        Card,
        "Tracked hours in progress",
        "Geboekte uren in uitvoering",
        "Hours tracked on cards in progress.",
        MeasureFormat.Hours,
        Hours(Sum(Card, new Children(Aggregation.Sum, Entry, "card_key", "minutes", Stopped), InProgress)),
        view: "sum(tracked_minutes) / 60.0 FROM bi.work_in_progress"
    );
}
