using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>
/// Every figure that the Power BI model and the views in <c>bi</c> have, declared once: the formulas of vPlan's own
/// dashboard, and those that a planner
/// asks for beside them. A measure that another one uses stands before it. Timers that run count nowhere.
/// </summary>
internal static class Measures
{
    private static readonly List<Measure> s_all = [];

    /// <summary>In the order of declaration.</summary>
    public static IReadOnlyList<Measure> All => s_all;

    public static readonly Measure Tracked = Add(
        new(
            Entry,
            Time,
            "Tracked hours",
            "Geboekte uren",
            "Hours of time entries whose timer has stopped.",
            MeasureFormat.Hours,
            Hours(Sum(Entry, "minutes", Stopped))
        )
        {
            View = "sum(minutes) / 60.0 FROM bi.time_entry",
        }
    );

    public static readonly Measure Entries = Add(
        new(
            Entry,
            Time,
            "Time entries",
            "Aantal urenregels",
            "Time entries whose timer has stopped.",
            MeasureFormat.Count,
            Count(Entry, Stopped)
        )
        {
            View = "count(*) FROM bi.time_entry",
        }
    );

    public static readonly Measure BillableHours = Add(
        new(
            Entry,
            Time,
            "Billable hours",
            "Declarabele uren",
            "Tracked hours on billable activities.",
            MeasureFormat.Hours,
            Hours(Sum(Entry, "minutes", Billable))
        )
        {
            View = "sum(billable_minutes) / 60.0 FROM bi.billable",
        }
    );

    public static readonly Measure BillableShare = Add(
        new(
            Entry,
            Time,
            "Billable share",
            "Declarabel aandeel",
            "Billable hours divided by tracked hours.",
            Percent,
            new Ratio(BillableHours, Tracked)
        )
        {
            View = "1.0 * sum(billable_minutes) / sum(tracked_minutes) FROM bi.billable",
        }
    );

    public static readonly Measure BillableValue = Add(
        new(
            Entry,
            Time,
            "Billable value",
            "Declarabele waarde",
            "Billable hours times the hourly rate that the activity has today. Activities without a rate count "
                + "nothing.",
            Amount,
            Hours(Sum(Entry, new Product("minutes", new Related("activity_key", "hourly_rate")), Billable))
        )
        {
            View = "sum(value) FROM bi.billable",
        }
    );

    public static readonly Measure EntriesToApprove = Add(
        new(
            Entry,
            Time,
            "Entries to approve",
            "Goed te keuren regels",
            "Time entries that are draft, pending or rejected.",
            MeasureFormat.Count,
            Count(Entry, ToApprove)
        )
        {
            View = "sum(entries) FROM bi.approval_backlog",
        }
    );

    public static readonly Measure HoursToApprove = Add(
        new(
            Entry,
            Time,
            "Tracked hours to approve",
            "Goed te keuren uren",
            "Tracked hours that are draft, pending or rejected.",
            MeasureFormat.Hours,
            Hours(Sum(Entry, "minutes", ToApprove))
        )
        {
            View = "sum(minutes) / 60.0 FROM bi.approval_backlog",
        }
    );

    public static readonly Measure OldestToApprove = Add(
        new(
            Entry,
            Time,
            "Oldest entry to approve",
            "Oudste goed te keuren regel",
            "First day with a time entry that is not approved.",
            MeasureFormat.Date,
            Least(Entry, "work_date", ToApprove)
        )
        {
            View = "min(oldest_date) FROM bi.approval_backlog",
        }
    );

    public static readonly Measure PlannedOfTracked = Add(
        new(
            Entry,
            Time,
            "Planned hours of tracked work",
            "Geplande uren van geboekt werk",
            "Plan of each card and activity, shared out over the time entries on it by their minutes. Over all "
                + "entries a plan counts once.",
            MeasureFormat.Hours,
            Hours(
                new Shared(
                    Sum(CardActivity, "planned_minutes"),
                    Sum(Entry, "minutes", Stopped),
                    "card_key",
                    "activity_key"
                )
            )
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.productivity",
        }
    );

    public static readonly Measure Productivity = Add(
        new(
            Entry,
            Time,
            "Productivity",
            "Productiviteit",
            "Planned hours of tracked work divided by tracked hours. Above 100 % fewer hours were needed than planned.",
            Percent,
            new Ratio(PlannedOfTracked, Tracked)
        )
        {
            View = "sum(planned_minutes) / sum(tracked_minutes) FROM bi.productivity",
        }
    );

    public static readonly Measure PlannedOfDone = Add(
        new(
            Entry,
            Time,
            "Planned hours of completed work",
            "Geplande uren van voltooid werk",
            "Planned hours of tracked work on cards that are completed.",
            MeasureFormat.Hours,
            Hours(
                new Shared(
                    Sum(CardActivity, "planned_minutes"),
                    Sum(Entry, "minutes", OnDone),
                    "card_key",
                    "activity_key"
                )
            )
        )
        {
            View = "sum(completed_planned_minutes) / 60.0 FROM bi.productivity",
        }
    );

    public static readonly Measure TrackedOfDone = Add(
        new(
            Entry,
            Time,
            "Tracked hours of completed work",
            "Geboekte uren van voltooid werk",
            "Tracked hours on cards that are completed.",
            MeasureFormat.Hours,
            Hours(Sum(Entry, "minutes", OnDone))
        )
        {
            View = "sum(completed_tracked_minutes) / 60.0 FROM bi.productivity",
        }
    );

    public static readonly Measure ProductivityOfDone = Add(
        new(
            Entry,
            Time,
            "Productivity of completed work",
            "Productiviteit van voltooid werk",
            "Planned divided by tracked hours of cards that are completed: the score that is final.",
            Percent,
            new Ratio(PlannedOfDone, TrackedOfDone)
        )
        {
            View = "sum(completed_planned_minutes) / sum(completed_tracked_minutes) FROM bi.productivity",
        }
    );

    public static readonly Measure TrackedOfCustomers = Add(
        new(
            Entry,
            Time,
            "Tracked hours of customers",
            "Geboekte uren van klanten",
            "Tracked hours on collections that customers ordered. A collection with several customers counts for "
                + "each, and once in the total.",
            MeasureFormat.Hours,
            ByCustomer(Tracked)
        )
        {
            View = "sum(tracked_minutes) / 60.0 FROM bi.billable WHERE customers <> 'Unknown'",
        }
    );

    public static readonly Measure Planned = Add(
        new(
            PlannedDay,
            Planning,
            "Planned hours",
            "Geplande uren",
            "Planned hours of cards, spread over their days: an estimate.",
            MeasureFormat.Hours,
            ByCard(Hours(Sum(PlannedDay, "planned_minutes")))
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.utilisation_day",
        }
    );

    public static readonly Measure PlannedOnCards = Add(
        new(
            CardActivity,
            Planning,
            "Planned hours on cards",
            "Geplande uren op kaarten",
            "Planned hours over the activities of cards.",
            MeasureFormat.Hours,
            ByCard(Hours(Sum(CardActivity, "planned_minutes")))
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.planned_vs_actual",
        }
    );

    public static readonly Measure RemainingOnCards = Add(
        new(
            CardActivity,
            Planning,
            "Remaining hours on cards",
            "Resterende uren op kaarten",
            "Hours left over the activities of cards.",
            MeasureFormat.Hours,
            ByCard(Hours(Sum(CardActivity, "remaining_minutes")))
        )
        {
            View = "sum(remaining_minutes) / 60.0 FROM bi.planned_vs_actual",
        }
    );

    public static readonly Measure OverPlan = Add(
        new(
            CardActivity,
            Planning,
            "Tracked hours over plan",
            "Geboekte uren boven plan",
            "Tracked hours less planned hours on cards. Less than zero is under plan.",
            MeasureFormat.Hours,
            new Minus(Tracked, PlannedOnCards)
        )
        {
            View = "sum(difference_minutes) / 60.0 FROM bi.planned_vs_actual",
        }
    );

    public static readonly Measure ProductivityOnCards = Add(
        new(
            CardActivity,
            Planning,
            "Productivity on cards",
            "Productiviteit op kaarten",
            "Planned hours on cards divided by tracked hours, cards without tracked time included.",
            Percent,
            new Ratio(PlannedOnCards, Tracked)
        )
        {
            View = "1.0 * sum(planned_minutes) / sum(tracked_minutes) FROM bi.planned_vs_actual",
        }
    );

    public static readonly Measure PlannedOfCustomers = Add(
        new(
            CardActivity,
            Planning,
            "Planned hours of customers",
            "Geplande uren van klanten",
            "Planned hours on cards of collections that customers ordered.",
            MeasureFormat.Hours,
            ByCustomer(Hours(Sum(Card, "planned_minutes")))
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.card WHERE customers <> 'Unknown'",
        }
    );

    public static readonly Measure OriginalOnCards = Add(
        new(
            Card,
            Planning,
            "Original planned hours",
            "Oorspronkelijk geplande uren",
            "Hours that cards were first planned for.",
            MeasureFormat.Hours,
            Hours(Sum(Card, "original_minutes"))
        )
        {
            View = "sum(original_minutes) / 60.0 FROM bi.card",
        }
    );

    public static readonly Measure Available = Add(
        new(
            ResourceDay,
            Capacity,
            "Available hours",
            "Beschikbare uren",
            "Hours that resources can be planned for.",
            MeasureFormat.Hours,
            Sum(ResourceDay, "hours_available")
        )
        {
            View = "sum(available_minutes) / 60.0 FROM bi.utilisation_day",
        }
    );

    public static readonly Measure Roster = Add(
        new(
            ResourceDay,
            Capacity,
            "Roster hours",
            "Roosteruren",
            "Hours of the rosters, leave and absence included.",
            MeasureFormat.Hours,
            Sum(ResourceDay, "hours_work")
        )
        {
            View = "sum(work_minutes) / 60.0 FROM bi.utilisation_day",
        }
    );

    public static readonly Measure Leave = Add(
        new(
            ResourceDay,
            Capacity,
            "Leave hours",
            "Verlofuren",
            "Hours of leave.",
            MeasureFormat.Hours,
            Sum(ResourceDay, "hours_leave")
        )
        {
            View = "sum(leave_minutes) / 60.0 FROM bi.utilisation_day",
        }
    );

    public static readonly Measure Absence = Add(
        new(
            ResourceDay,
            Capacity,
            "Absence hours",
            "Afwezigheidsuren",
            "Hours of other absence.",
            MeasureFormat.Hours,
            Sum(ResourceDay, "hours_absence")
        )
        {
            View = "sum(absence_minutes) / 60.0 FROM bi.utilisation_day",
        }
    );

    public static readonly Measure Utilisation = Add(
        new(
            ResourceDay,
            Capacity,
            "Utilisation",
            "Bezetting",
            "Planned hours divided by available hours.",
            Percent,
            new Ratio(Planned, Available)
        )
        {
            View = "1.0 * sum(planned_minutes) / sum(available_minutes) FROM bi.utilisation_day",
        }
    );

    public static readonly Measure ActualUtilisation = Add(
        new(
            ResourceDay,
            Capacity,
            "Actual utilisation",
            "Werkelijke bezetting",
            "Tracked hours divided by available hours.",
            Percent,
            new Ratio(Tracked, Available)
        )
        {
            View = "1.0 * sum(tracked_minutes) / sum(available_minutes) FROM bi.utilisation_day",
        }
    );

    public static readonly Measure StageAvailable = Add(
        new(
            StageDay,
            Capacity,
            "Available hours of stages",
            "Beschikbare uren van fasen",
            "Hours that the resources of stages can take.",
            MeasureFormat.Hours,
            Hours(Sum(StageDay, "available_minutes"))
        )
        {
            View = "sum(available_minutes) / 60.0 FROM bi.stage_load",
        }
    );

    public static readonly Measure StageLoad = Add(
        new(
            StageDay,
            Capacity,
            "Stage load",
            "Fasebelasting",
            "Planned hours divided by available hours of stages. A card counts in the stage it is in now.",
            Percent,
            new Ratio(Planned, StageAvailable)
        )
        {
            View = "1.0 * sum(planned_minutes) / sum(available_minutes) FROM bi.stage_load",
        }
    );

    public static readonly Measure BandFrom = Add(
        new(
            "dim_stage",
            Capacity,
            "Load band from",
            "Belastingband van",
            "Lower end of the band in which a stage's load is right.",
            Percent,
            new Scaled(Least("dim_stage", "capacity_notification_min"), 100)
        )
        {
            View = "min(band_min_percent) / 100.0 FROM bi.stage_load",
        }
    );

    public static readonly Measure BandTo = Add(
        new(
            "dim_stage",
            Capacity,
            "Load band to",
            "Belastingband tot",
            "Upper end of the band in which a stage's load is right.",
            Percent,
            new Scaled(Greatest("dim_stage", "capacity_notification_max"), 100)
        )
        {
            View = "max(band_max_percent) / 100.0 FROM bi.stage_load",
        }
    );

    public static readonly Measure Cards = Add(
        new(
            Card,
            Work,
            "Number of cards",
            "Aantal kaarten",
            "Cards, completed or not.",
            MeasureFormat.Count,
            Count(Card)
        )
        {
            View = "count(*) FROM bi.card",
        }
    );

    public static readonly Measure OpenCards = Add(
        new(
            Card,
            Work,
            "Open cards",
            "Open kaarten",
            "Cards that are not completed.",
            MeasureFormat.Count,
            Count(Card, Open)
        )
        {
            View = "count(*) FROM bi.card WHERE coalesce(is_completed, 0) = 0",
        }
    );

    public static readonly Measure Overdue = Add(
        new(
            Card,
            Work,
            "Overdue cards",
            "Kaarten over datum",
            "Open cards whose due date has passed.",
            MeasureFormat.Count,
            Count(Card, new Both(Open, new Before("due_date", Today)))
        )
        {
            View = "count(*) FROM bi.card WHERE coalesce(is_completed, 0) = 0 AND days_late > 0",
        }
    );

    public static readonly Measure CardDaysLate = Add(
        new(
            Card,
            Work,
            "Card days late",
            "Dagen te laat per kaart",
            "Average days from due date to completion, or to today while open. Less than zero is early.",
            MeasureFormat.Days,
            Mean(Card, new Days("due_date", new FirstOf("completed_date", Today)))
        )
        {
            View = "avg(1.0 * days_late) FROM bi.card",
        }
    );

    public static readonly Measure NewCards = Add(
        new(
            Card,
            Work,
            "New cards",
            "Nieuwe kaarten",
            "Cards that were made in the period.",
            MeasureFormat.Count,
            Count(Card, new Known("created_date"), "created_date_key")
        )
        {
            View = "count(created_date) FROM bi.card",
        }
    );

    public static readonly Measure DueCards = Add(
        new(
            Card,
            Work,
            "Cards due",
            "Kaarten met uiterste datum",
            "Cards that are due in the period.",
            MeasureFormat.Count,
            Count(Card, new Known("due_date"), "due_date_key")
        )
        {
            View = "count(due_date) FROM bi.card",
        }
    );

    public static readonly Measure EndingCards = Add(
        new(
            Card,
            Work,
            "Cards planned to end",
            "Kaarten met gepland einde",
            "Cards that are planned to end in the period.",
            MeasureFormat.Count,
            Count(Card, new Known("end_date"), "end_date_key")
        )
        {
            View = "count(end_date) FROM bi.card",
        }
    );

    public static readonly Measure Throughput = Add(
        new(
            Card,
            Work,
            "Throughput",
            "Doorvoer",
            "Cards that were completed in the period.",
            MeasureFormat.Count,
            Count(Card, Completed, "completed_date_key")
        )
        {
            View = "sum(completed_cards) FROM bi.throughput_week",
        }
    );

    public static readonly Measure ThroughputHours = Add(
        new(
            Card,
            Work,
            "Throughput hours",
            "Doorvoer in uren",
            "Planned hours of cards that were completed in the period.",
            MeasureFormat.Hours,
            Hours(Sum(Card, "planned_minutes", Completed, "completed_date_key"))
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.throughput_week",
        }
    );

    public static readonly Measure InProgressCards = Add(
        new(
            Card,
            Work,
            "Cards in progress",
            "Kaarten in uitvoering",
            "Open cards whose planned first day has come, or on which time was tracked.",
            MeasureFormat.Count,
            Count(Card, InProgress)
        )
        {
            View = "count(*) FROM bi.work_in_progress",
        }
    );

    public static readonly Measure InProgressAge = Add(
        new(
            Card,
            Work,
            "Age of cards in progress",
            "Leeftijd van kaarten in uitvoering",
            "Average days since the start of cards in progress.",
            MeasureFormat.Days,
            Mean(Card, new Days(Started, Today), InProgress)
        )
        {
            View = "avg(1.0 * age_days) FROM bi.work_in_progress",
        }
    );

    public static readonly Measure InProgressPlanned = Add(
        new(
            Card,
            Work,
            "Planned hours in progress",
            "Geplande uren in uitvoering",
            "Planned hours of cards in progress.",
            MeasureFormat.Hours,
            Hours(Sum(Card, "planned_minutes", InProgress))
        )
        {
            View = "sum(planned_minutes) / 60.0 FROM bi.work_in_progress",
        }
    );

    public static readonly Measure InProgressLeft = Add(
        new(
            Card,
            Work,
            "Remaining hours in progress",
            "Resterende uren in uitvoering",
            "Hours left on cards in progress.",
            MeasureFormat.Hours,
            Hours(Sum(Card, "remaining_minutes", InProgress))
        )
        {
            View = "sum(remaining_minutes) / 60.0 FROM bi.work_in_progress",
        }
    );

    public static readonly Measure InProgressTracked = Add(
        new(
            Card,
            Work,
            "Tracked hours in progress",
            "Geboekte uren in uitvoering",
            "Hours tracked on cards in progress.",
            MeasureFormat.Hours,
            Hours(Sum(Card, new Children(Aggregation.Sum, Entry, "card_key", "minutes", Stopped), InProgress))
        )
        {
            View = "sum(tracked_minutes) / 60.0 FROM bi.work_in_progress",
        }
    );

    public static readonly Measure BacklogCards = Add(
        new(
            Card,
            BacklogFolder,
            "Backlog cards",
            "Kaarten in werkvoorraad",
            "Open cards without a planned first day, but for those of ignored collections.",
            MeasureFormat.Count,
            Count(Card, Unplanned)
        )
        {
            View = "sum(cards) FROM bi.backlog_hours",
        }
    );

    public static readonly Measure BacklogJobs = Add(
        new(
            Collection,
            BacklogFolder,
            "Backlog collections",
            "Collecties in werkvoorraad",
            "Collections that are not planned.",
            MeasureFormat.Count,
            Count(Collection, new Is("status", "not_planned"))
        )
        {
            View = "sum(collections) FROM bi.backlog_hours",
        }
    );

    public static readonly Measure BacklogHours = Add(
        new(
            Card,
            BacklogFolder,
            "Backlog hours",
            "Werkvoorraad in uren",
            "Hours left of work that is not planned: backlog cards, and collections that have no cards yet.",
            MeasureFormat.Hours,
            new Plus(
                Hours(Sum(Card, "remaining_minutes", Unplanned)),
                Hours(
                    Sum("fact_collection_activity", new FirstOf("remaining_minutes", "planned_minutes"), WithoutCards)
                )
            )
        )
        {
            View = "sum(remaining_hours) FROM bi.backlog_hours",
        }
    );

    public static readonly Measure BacklogPlanned = Add(
        new(
            Card,
            BacklogFolder,
            "Backlog planned hours",
            "Werkvoorraad in geplande uren",
            "Planned hours of work that is not planned on a day yet.",
            MeasureFormat.Hours,
            new Plus(
                Hours(Sum(Card, "planned_minutes", Unplanned)),
                Hours(Sum("fact_collection_activity", "planned_minutes", WithoutCards))
            )
        )
        {
            View = "sum(planned_hours) FROM bi.backlog_hours",
        }
    );

    public static readonly Measure OrdersOnTime = Add(
        new(
            Order,
            Delivery,
            "Orders on time",
            "Orders op tijd",
            "Orders delivered on the promised day or before it.",
            MeasureFormat.Count,
            Count(Order, new Both(RealOrder, new AtMost("delivered_date", "promised_date")), "promised_date_key")
        )
        {
            View = "count(*) FROM bi.delivery WHERE subject = 'order' AND is_on_time = 1",
        }
    );

    public static readonly Measure OrdersLate = Add(
        new(
            Order,
            Delivery,
            "Orders late",
            "Orders te laat",
            "Orders delivered after the promised day, or not delivered although it has passed.",
            MeasureFormat.Count,
            Count(
                Order,
                new Both(RealOrder, new Before("promised_date", new FirstOf("delivered_date", Today))),
                "promised_date_key"
            )
        )
        {
            View = "count(*) FROM bi.delivery WHERE subject = 'order' AND is_on_time = 0",
        }
    );

    public static readonly Measure OrdersOnTimeShare = Add(
        new(
            Order,
            Delivery,
            "Orders on time share",
            "Aandeel orders op tijd",
            "Orders on time divided by orders on time and late.",
            Percent,
            new Ratio(OrdersOnTime, new Plus(OrdersOnTime, OrdersLate))
        )
        {
            View =
                "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery WHERE "
                + "subject = 'order'",
        }
    );

    public static readonly Measure OrderDaysLate = Add(
        new(
            Order,
            Delivery,
            "Order days late",
            "Dagen te laat per order",
            "Average days from promised day to delivery, or to today while open. Less than zero is early.",
            MeasureFormat.Days,
            Mean(Order, new Days("promised_date", new FirstOf("delivered_date", Today)), RealOrder, "promised_date_key")
        )
        {
            View = "avg(1.0 * days_late) FROM bi.delivery WHERE subject = 'order'",
        }
    );

    public static readonly Measure OrderLeadTime = Add(
        new(
            Order,
            Delivery,
            "Order lead time",
            "Doorlooptijd van orders",
            "Average days from order to delivery, by the day of delivery.",
            MeasureFormat.Days,
            Mean(Order, new Days("order_date", "delivered_date"), RealOrder, "delivered_date_key")
        )
        {
            View = "avg(1.0 * lead_time_days) FROM bi.delivery WHERE subject = 'order'",
        }
    );

    public static readonly Measure JobsOnTime = Add(
        new(
            Collection,
            Delivery,
            "Collections on time",
            "Collecties op tijd",
            "Collections whose last card was completed on the due date or before it.",
            MeasureFormat.Count,
            ByBoard(Count(Collection, new Both(RealJob, new AtMost(JobDone, "due_date")), "due_date_key"))
        )
        {
            View = "count(*) FROM bi.delivery WHERE subject = 'collection' AND is_on_time = 1",
        }
    );

    public static readonly Measure JobsLate = Add(
        new(
            Collection,
            Delivery,
            "Collections late",
            "Collecties te laat",
            "Collections completed after the due date, or not completed although it has passed.",
            MeasureFormat.Count,
            ByBoard(
                Count(
                    Collection,
                    new Both(RealJob, new Before("due_date", new FirstOf(JobDone, Today))),
                    "due_date_key"
                )
            )
        )
        {
            View = "count(*) FROM bi.delivery WHERE subject = 'collection' AND is_on_time = 0",
        }
    );

    public static readonly Measure JobsOnTimeShare = Add(
        new(
            Collection,
            Delivery,
            "Collections on time share",
            "Aandeel collecties op tijd",
            "Collections on time divided by collections on time and late.",
            Percent,
            new Ratio(JobsOnTime, new Plus(JobsOnTime, JobsLate))
        )
        {
            View =
                "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery WHERE "
                + "subject = 'collection'",
        }
    );

    public static readonly Measure JobDaysLate = Add(
        new(
            Collection,
            Delivery,
            "Collection days late",
            "Dagen te laat per collectie",
            "Average days from due date to completion, or to today while open. Less than zero is early.",
            MeasureFormat.Days,
            ByBoard(Mean(Collection, new Days("due_date", new FirstOf(JobDone, Today)), RealJob, "due_date_key"))
        )
        {
            View = "avg(1.0 * days_late) FROM bi.delivery WHERE subject = 'collection'",
        }
    );

    public static readonly Measure JobLeadTime = Add(
        new(
            Collection,
            Delivery,
            "Collection lead time",
            "Doorlooptijd van collecties",
            "Average days from the day that a collection was made to the day that its last card was completed, by "
                + "the day it was made.",
            MeasureFormat.Days,
            ByBoard(Mean(Collection, new Days("created_date", JobDone), RealJob, "created_date_key"))
        )
        {
            View = "avg(1.0 * lead_time_days) FROM bi.delivery WHERE subject = 'collection'",
        }
    );

    public static readonly Measure Late = Add(
        new(
            Order,
            Delivery,
            "Late",
            "Te laat",
            "Orders and collections that are late.",
            MeasureFormat.Count,
            new Plus(OrdersLate, JobsLate)
        )
        {
            View = "count(*) FROM bi.delivery WHERE is_on_time = 0",
        }
    );

    public static readonly Measure OnTime = Add(
        new(
            Order,
            Delivery,
            "On time",
            "Op tijd",
            "Orders and collections on time divided by those on time and late.",
            Percent,
            new Ratio(new Plus(OrdersOnTime, JobsOnTime), new Plus(new Plus(OrdersOnTime, JobsOnTime), Late))
        )
        {
            View = "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery",
        }
    );

    public static readonly Measure Ordered = Add(
        new(
            "fact_order_row",
            Delivery,
            "Ordered quantity",
            "Besteld aantal",
            "Quantity over the rows of orders.",
            Amount,
            Sum("fact_order_row", "quantity")
        )
    );

    public static readonly Measure Delivered = Add(
        new(
            "fact_order_row",
            Delivery,
            "Delivered quantity",
            "Geleverd aantal",
            "Delivered quantity over the rows of orders.",
            Amount,
            Sum("fact_order_row", "quantity_delivered")
        )
    );

    public static readonly Measure BackOrdered = Add(
        new(
            "fact_order_row",
            Delivery,
            "Quantity in back order",
            "Aantal in nalevering",
            "Quantity in back order over the rows of orders.",
            Amount,
            Sum("fact_order_row", "quantity_backorder")
        )
    );

    public static readonly Measure PlanChanges = Add(
        new(
            PlanChange,
            Change,
            "Plan changes",
            "Aantal planwijzigingen",
            "Changes of the plans of cards that runs saw.",
            MeasureFormat.Count,
            ByCard(Count(PlanChange, Changed))
        )
        {
            View = "count(*) FROM bi.plan_slip",
        }
    );

    public static readonly Measure Slip = Add(
        new(
            PlanChange,
            Change,
            "Slip",
            "Verschuiving",
            "Days that planned last days moved, added up. Later is positive.",
            MeasureFormat.Days,
            ByCard(Sum(PlanChange, "slip_days", Changed))
        )
        {
            View = "sum(slip_days) FROM bi.plan_slip",
        }
    );

    public static readonly Measure AverageSlip = Add(
        new(
            PlanChange,
            Change,
            "Average slip",
            "Gemiddelde verschuiving",
            "Average days that a planned last day moved.",
            MeasureFormat.Days,
            ByCard(Mean(PlanChange, "slip_days", Changed))
        )
        {
            View = "avg(1.0 * slip_days) FROM bi.plan_slip",
        }
    );

    public static readonly Measure Slipped = Add(
        new(
            PlanChange,
            Change,
            "Changes that slip",
            "Verschuivingen naar later",
            "Plan changes that moved the planned last day to a later one.",
            MeasureFormat.Count,
            ByCard(Count(PlanChange, new Both(Changed, new Positive("slip_days"))))
        )
        {
            View = "count(*) FROM bi.plan_slip WHERE slip_days > 0",
        }
    );

    public static readonly Measure PlanGrowth = Add(
        new(
            PlanChange,
            Change,
            "Planned hours added",
            "Toegevoegde geplande uren",
            "Planned hours that plan changes added.",
            MeasureFormat.Hours,
            ByCard(Hours(Sum(PlanChange, new Difference("old_planned_minutes", "new_planned_minutes"), Changed)))
        )
        {
            View = "sum(planned_change_minutes) / 60.0 FROM bi.plan_slip",
        }
    );

    public static readonly Measure ThenStart = Add(
        new(
            History,
            Change,
            "Planned start on the day",
            "Geplande start op de dag",
            "First day that was planned at the beginning of the last chosen day.",
            MeasureFormat.Date,
            ByCard(Least(History, "start_date", OnChosenDay))
        )
    );

    public static readonly Measure ThenEnd = Add(
        new(
            History,
            Change,
            "Planned end on the day",
            "Gepland einde op de dag",
            "Last day that was planned at the beginning of the last chosen day.",
            MeasureFormat.Date,
            ByCard(Greatest(History, "end_date", OnChosenDay))
        )
    );

    public static readonly Measure ThenPlanned = Add(
        new(
            History,
            Change,
            "Planned hours on the day",
            "Geplande uren op de dag",
            "Hours that cards were planned for at the beginning of the last chosen day.",
            MeasureFormat.Hours,
            ByCard(Hours(Sum(History, "planned_minutes", OnChosenDay)))
        )
    );

    public static readonly Measure LastLoad = Add(
        new(
            Fresh,
            Trust,
            "Last load",
            "Laatst geladen",
            "When a table was last loaded, in UTC.",
            Moment,
            Greatest(Fresh, "loaded_at")
        )
        {
            View = "max(loaded_at) FROM bi.freshness",
        }
    );

    public static readonly Measure OldestWatermark = Add(
        new(
            Fresh,
            Trust,
            "Oldest watermark",
            "Oudste watermerk",
            "Time up to which vPlan was read, of the table that is furthest behind, in UTC.",
            Moment,
            Least(Fresh, "watermark")
        )
        {
            View = "min(watermark) FROM bi.freshness",
        }
    );

    public static readonly Measure LiveRows = Add(
        new(
            Fresh,
            Trust,
            "Rows not deleted",
            "Levende rijen",
            "Rows that are not deleted.",
            MeasureFormat.Count,
            Sum(Fresh, "live_rows")
        )
        {
            View = "sum(live_rows) FROM bi.freshness",
        }
    );

    public static readonly Measure Expected = Add(
        new(
            Fresh,
            Trust,
            "Records in vPlan",
            "Records in vPlan volgens telling",
            "vPlan's own count at the last read.",
            MeasureFormat.Count,
            Sum(Fresh, "expected", OfEntity)
        )
    );

    public static readonly Measure Seen = Add(
        new(
            Fresh,
            Trust,
            "Records seen",
            "Geziene records",
            "Distinct records that the last read saw.",
            MeasureFormat.Count,
            Sum(Fresh, "seen", OfEntity)
        )
    );

    public static readonly Measure Unbalanced = Add(
        new(
            Fresh,
            Trust,
            "Reads out of balance",
            "Niet sluitende lezingen",
            "Entities of which the last read saw another number of records than vPlan counts.",
            MeasureFormat.Count,
            Count(Fresh, new Both(OfEntity, new Known("expected"), new Differs("expected", "seen")))
        )
    );

    public static readonly Measure Landed = Add(
        new(
            Fresh,
            Trust,
            "Records landed",
            "Opgehaalde records",
            "Records that the last read landed, repeated ones included.",
            MeasureFormat.Count,
            Sum(Fresh, "landed", OfEntity)
        )
    );

    public static readonly Measure Accepted = Add(
        new(
            Fresh,
            Trust,
            "Records accepted",
            "Geaccepteerde records",
            "Landed records that were accepted.",
            MeasureFormat.Count,
            Sum(Fresh, "accepted", OfEntity)
        )
    );

    public static readonly Measure Rejected = Add(
        new(
            Fresh,
            Trust,
            "Records rejected",
            "Afgekeurde records",
            "Landed records that broke a rule and wait in the quarantine.",
            MeasureFormat.Count,
            Sum(Fresh, "rejected", OfEntity)
        )
    );

    public static readonly Measure Repeated = Add(
        new(
            Fresh,
            Trust,
            "Records repeated",
            "Herhaalde records",
            "Landed records that came more than once.",
            MeasureFormat.Count,
            Sum(Fresh, "repeated", OfEntity)
        )
    );

    public static readonly Measure PlannedThisWeek = Add(
        ThisWeek(Planned, "Planned hours this week", "Geplande uren deze week")
    );
    public static readonly Measure PlannedLastWeek = Add(
        LastWeek(Planned, "Planned hours last week", "Geplande uren vorige week")
    );
    public static readonly Measure TrackedThisWeek = Add(
        ThisWeek(Tracked, "Tracked hours this week", "Geboekte uren deze week")
    );
    public static readonly Measure TrackedLastWeek = Add(
        LastWeek(Tracked, "Tracked hours last week", "Geboekte uren vorige week")
    );
    public static readonly Measure UtilisationThisWeek = Add(
        ThisWeek(Utilisation, "Utilisation this week", "Bezetting deze week")
    );
    public static readonly Measure UtilisationLastWeek = Add(
        LastWeek(Utilisation, "Utilisation last week", "Bezetting vorige week")
    );
    public static readonly Measure ProductivityThisWeek = Add(
        ThisWeek(Productivity, "Productivity this week", "Productiviteit deze week")
    );
    public static readonly Measure ProductivityLastWeek = Add(
        LastWeek(Productivity, "Productivity last week", "Productiviteit vorige week")
    );
    public static readonly Measure ThroughputThisWeek = Add(
        ThisWeek(Throughput, "Throughput this week", "Doorvoer deze week")
    );
    public static readonly Measure ThroughputLastWeek = Add(
        LastWeek(Throughput, "Throughput last week", "Doorvoer vorige week")
    );
    public static readonly Measure OnTimeThisWeek = Add(ThisWeek(OnTime, "On time this week", "Op tijd deze week"));
    public static readonly Measure OnTimeLastWeek = Add(LastWeek(OnTime, "On time last week", "Op tijd vorige week"));
    public static readonly Measure OpenLastWeek = Add(
        new(
            Card,
            Week,
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
        )
    );

    public static readonly Measure OverdueLastWeek = Add(
        new(
            Card,
            Week,
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
        )
    );

    private static Measure Add(Measure measure)
    {
        s_all.Add(measure);
        return measure;
    }
}
