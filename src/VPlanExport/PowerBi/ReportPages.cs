using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>The pages: what a planner asks in the morning, and a manager on Monday.</summary>
internal static class ReportPages
{
    private const int Margin = 20;
    private const int Gap = 16;
    private const int Top = 96;
    private const int Bottom = ReportPage.Height - Margin;
    private const int Across = ReportPage.Width - 2 * Margin;
    private const int Half = (Across - Gap) / 2;
    private const int Quarter = (Across - 3 * Gap) / 4;
    private const int FigureHeight = 120;
    private const int BackWidth = 40;
    private const int BelowFigures = Top + FigureHeight + Gap;

    private static readonly VisualField Week = VisualField.Of("dim_date", "iso_year_week");
    private static readonly VisualField CardName = VisualField.Of("dim_card", "name");
    private static readonly VisualField Board = VisualField.Of("dim_board", "name");
    private static readonly VisualField Stage = VisualField.Of("dim_stage", "name");
    private static readonly VisualField Resource = VisualField.Of("dim_resource", "name");
    private static readonly VisualField Activity = VisualField.Of("dim_activity", "name");
    private static readonly VisualField Job = VisualField.Of("dim_collection", "name");
    private static readonly VisualField Customer = VisualField.Of("dim_relation", "name");

    public static readonly IReadOnlyList<ReportPage> All =
    [
        Overview(),
        PlanningAndCapacity(),
        PlannedAgainstActual(),
        Delivery(),
        PlanChanges(),
        Trust(),
        Cards(),
    ];

    private static ReportPage Overview() =>
        Page(
            "overview",
            ("Overview", "Overzicht"),
            Pair(
                0,
                0,
                "planned",
                ("Planned hours: this week and last week", "Geplande uren: deze week en vorige week"),
                WeekMeasures.PlannedThisWeek,
                WeekMeasures.PlannedLastWeek
            ),
            Pair(
                1,
                0,
                "tracked",
                ("Tracked hours: this week and last week", "Geboekte uren: deze week en vorige week"),
                WeekMeasures.TrackedThisWeek,
                WeekMeasures.TrackedLastWeek
            ),
            Pair(
                2,
                0,
                "utilisation",
                ("Utilisation: this week and last week", "Bezetting: deze week en vorige week"),
                WeekMeasures.UtilisationThisWeek,
                WeekMeasures.UtilisationLastWeek
            ),
            Pair(
                3,
                0,
                "productivity",
                ("Productivity: this week and last week", "Productiviteit: deze week en vorige week"),
                WeekMeasures.ProductivityThisWeek,
                WeekMeasures.ProductivityLastWeek
            ),
            Pair(
                0,
                1,
                "open_cards",
                (
                    "Open cards: today and at the end of last week",
                    "Open kaarten: vandaag en aan het eind van vorige week"
                ),
                CardMeasures.OpenCards,
                WeekMeasures.OpenLastWeek
            ),
            Pair(
                1,
                1,
                "overdue_cards",
                (
                    "Overdue cards: today and at the end of last week",
                    "Kaarten over datum: vandaag en aan het eind van vorige week"
                ),
                CardMeasures.Overdue,
                WeekMeasures.OverdueLastWeek
            ),
            Pair(
                2,
                1,
                "throughput",
                ("Throughput: this week and last week", "Doorvoer: deze week en vorige week"),
                WeekMeasures.ThroughputThisWeek,
                WeekMeasures.ThroughputLastWeek
            ),
            Pair(
                3,
                1,
                "on_time",
                ("On time: this week and last week", "Op tijd: deze week en vorige week"),
                WeekMeasures.OnTimeThisWeek,
                WeekMeasures.OnTimeLastWeek
            ),
            new(
                "hours_by_week",
                "lineChart",
                Left(SecondRow + FigureHeight + Gap),
                ("Planned and tracked hours by week", "Geplande en geboekte uren per week"),
                By(Week),
                Y(PlanningMeasures.Planned, TimeMeasures.Tracked)
            ),
            new(
                "throughput_by_week",
                "clusteredColumnChart",
                Right(SecondRow + FigureHeight + Gap),
                ("New and completed cards by week", "Nieuwe en voltooide kaarten per week"),
                By(Week),
                Y(CardMeasures.NewCards, CardMeasures.Throughput)
            )
        );

    private static ReportPage PlanningAndCapacity() =>
        Page(
            "planning_and_capacity",
            ("Planning and capacity", "Planning en capaciteit"),
            new(
                "utilisation_by_week",
                "lineChart",
                Upper(Left(Top)),
                ("Utilisation by week", "Bezetting per week"),
                By(Week),
                Y(CapacityMeasures.Utilisation, CapacityMeasures.ActualUtilisation)
            ),
            new(
                "stage_load",
                "lineClusteredColumnComboChart",
                Upper(Right(Top)),
                ("Load of each stage in its band", "Belasting van elke fase in haar band"),
                By(Stage),
                Y(CapacityMeasures.StageLoad),
                new("Y2", CapacityMeasures.BandFrom, CapacityMeasures.BandTo)
            ),
            new(
                "utilisation_by_resource",
                "pivotTable",
                Lower(Left(Top)),
                ("Utilisation by resource and week", "Bezetting per resource en week"),
                new("Rows", Resource),
                new("Columns", Week),
                new("Values", CapacityMeasures.Utilisation)
            ),
            new(
                "hours_of_resources",
                "clusteredColumnChart",
                Lower(Right(Top)),
                ("Available hours, leave and absence by week", "Beschikbare uren, verlof en afwezigheid per week"),
                By(Week),
                Y(CapacityMeasures.Available, CapacityMeasures.Leave, CapacityMeasures.Absence)
            )
        );

    private static ReportPage PlannedAgainstActual() =>
        Page(
            "planned_against_actual",
            ("Planned against actual", "Gepland tegenover werkelijk"),
            new(
                "by_activity",
                "clusteredBarChart",
                Upper(Left(Top)),
                ("Planned and tracked hours by activity", "Geplande en geboekte uren per activiteit"),
                By(Activity),
                Y(PlanningMeasures.PlannedOnCards, TimeMeasures.Tracked)
            ),
            new(
                "by_customer",
                "clusteredBarChart",
                Upper(Right(Top)),
                ("Planned and tracked hours by customer", "Geplande en geboekte uren per klant"),
                By(Customer),
                Y(PlanningMeasures.PlannedOfCustomers, TimeMeasures.TrackedOfCustomers)
            ),
            new(
                "by_collection",
                "tableEx",
                Lower(Left(Top)),
                ("Planned and tracked hours by collection", "Geplande en geboekte uren per collectie"),
                Values(
                    Job,
                    PlanningMeasures.PlannedOnCards,
                    TimeMeasures.Tracked,
                    PlanningMeasures.OverPlan,
                    PlanningMeasures.ProductivityOnCards
                )
            ),
            new(
                "billable_by_month",
                "lineClusteredColumnComboChart",
                Lower(Right(Top)),
                ("Billable hours and billable share by month", "Declarabele uren en declarabel aandeel per maand"),
                By(VisualField.Of("dim_date", "year_month")),
                Y(TimeMeasures.BillableHours),
                new("Y2", TimeMeasures.BillableShare)
            )
        );

    private static ReportPage Delivery() =>
        Page(
            "delivery",
            ("Delivery", "Levering"),
            Figure(0, "on_time", ("On time", "Op tijd"), DeliveryMeasures.OnTime),
            Figure(1, "late", ("Late", "Te laat"), DeliveryMeasures.Late),
            Figure(
                2,
                "order_lead_time",
                ("Order lead time in days", "Doorlooptijd van orders in dagen"),
                DeliveryMeasures.OrderLeadTime
            ),
            Figure(
                3,
                "collection_lead_time",
                ("Collection lead time in days", "Doorlooptijd van collecties in dagen"),
                DeliveryMeasures.JobLeadTime
            ),
            new(
                "on_time_by_month",
                "lineChart",
                Upper(Left(BelowFigures)),
                ("On time by month", "Op tijd per maand"),
                By(VisualField.Of("dim_date", "year_month")),
                Y(DeliveryMeasures.OrdersOnTimeShare, DeliveryMeasures.JobsOnTimeShare)
            ),
            new(
                "late_orders",
                "tableEx",
                Upper(Right(BelowFigures)),
                ("Orders that are late", "Orders die te laat zijn"),
                Values(
                    VisualField.Of("dim_order", "code"),
                    Customer,
                    VisualField.Of("dim_order", "promised_date"),
                    DeliveryMeasures.OrderDaysLate
                )
            )
            {
                Only = DeliveryMeasures.OrdersLate,
            },
            new(
                "late_collections",
                "tableEx",
                Lower(Left(BelowFigures)),
                ("Collections that are late", "Collecties die te laat zijn"),
                Values(Job, VisualField.Of("dim_collection", "due_date"), DeliveryMeasures.JobDaysLate)
            )
            {
                Only = DeliveryMeasures.JobsLate,
            },
            new(
                "overdue_cards",
                "tableEx",
                Lower(Right(BelowFigures)),
                ("Open cards whose due date has passed", "Open kaarten waarvan de uiterste datum voorbij is"),
                Values(CardName, VisualField.Of("fact_card", "due_date"), CardMeasures.CardDaysLate)
            )
            {
                Only = CardMeasures.Overdue,
            }
        );

    private static ReportPage PlanChanges() =>
        Page(
            "plan_changes",
            ("Plan changes", "Planwijzigingen"),
            Figure(0, "changes", ("Plan changes", "Planwijzigingen"), PlanChangeMeasures.PlanChanges),
            Figure(1, "slip", ("Slip in days", "Verschuiving in dagen"), PlanChangeMeasures.Slip),
            Figure(
                2,
                "average_slip",
                ("Average slip in days", "Gemiddelde verschuiving in dagen"),
                PlanChangeMeasures.AverageSlip
            ),
            Figure(
                3,
                "hours_added",
                ("Planned hours added", "Toegevoegde geplande uren"),
                PlanChangeMeasures.PlanGrowth
            ),
            new(
                "slip_by_week",
                "clusteredColumnChart",
                Upper(Left(BelowFigures)),
                ("Slip by week", "Verschuiving per week"),
                By(Week),
                Y(PlanChangeMeasures.Slip)
            ),
            new(
                "slip_by_board",
                "clusteredBarChart",
                Upper(Right(BelowFigures)),
                ("Who moved: slip by board", "Wie verschoof: verschuiving per bord"),
                By(Board),
                Y(PlanChangeMeasures.Slip, PlanChangeMeasures.Slipped)
            ),
            new(
                "moved_cards",
                "tableEx",
                Lower(Left(BelowFigures)),
                ("Cards that moved", "Kaarten die verschoven"),
                Values(
                    CardName,
                    VisualField.Of("fact_plan_change", "changed_on"),
                    VisualField.Of("fact_plan_change", "old_end_date"),
                    VisualField.Of("fact_plan_change", "new_end_date"),
                    PlanChangeMeasures.Slip
                )
            ),
            new(
                "plan_on_the_day",
                "tableEx",
                Lower(Right(BelowFigures)),
                ("What the plan said on the last chosen day", "Wat het plan zei op de laatst gekozen dag"),
                Values(
                    CardName,
                    PlanChangeMeasures.ThenStart,
                    PlanChangeMeasures.ThenEnd,
                    PlanChangeMeasures.ThenPlanned
                )
            )
        );

    private static ReportPage Trust() =>
        new(
            "trust",
            ("Trust", "Betrouwbaarheid"),
            [
                Heading("trust", ("Trust", "Betrouwbaarheid"), Across),
                Figure(0, "last_load", ("Last load", "Laatst geladen"), TrustMeasures.LastLoad),
                Figure(1, "oldest_watermark", ("Oldest watermark", "Oudste watermerk"), TrustMeasures.OldestWatermark),
                Figure(
                    2,
                    "out_of_balance",
                    ("Reads out of balance", "Niet sluitende lezingen"),
                    TrustMeasures.Unbalanced
                ),
                Figure(3, "rejected", ("Records rejected", "Afgekeurde records"), TrustMeasures.Rejected),
                new(
                    "freshness",
                    "tableEx",
                    Left(BelowFigures),
                    ("How fresh each table is", "Hoe vers elke tabel is"),
                    Values(
                        VisualField.Of("freshness", "table_name"),
                        VisualField.Of("freshness", "loaded_at"),
                        VisualField.Of("freshness", "watermark"),
                        TrustMeasures.LiveRows
                    )
                ),
                new(
                    "certificate",
                    "tableEx",
                    Right(BelowFigures),
                    ("The proof of each read", "Het bewijs van elke lezing"),
                    Values(
                        VisualField.Of("freshness", "entity"),
                        TrustMeasures.Expected,
                        TrustMeasures.Seen,
                        TrustMeasures.Accepted,
                        TrustMeasures.Rejected,
                        TrustMeasures.Repeated
                    )
                ),
            ]
        );

    /// <summary>What a figure is made of: other pages lead here by what was chosen there.</summary>
    private static ReportPage Cards() =>
        new(
            "cards",
            ("Cards", "Kaarten"),
            [
                Heading("cards", ("Cards behind the figure", "Kaarten achter het cijfer"), Half),
                new(
                    "back",
                    "actionButton",
                    new Box(ReportPage.Width - Margin - BackWidth, Margin, BackWidth, BackWidth),
                    ("Back to the page before", "Terug naar de vorige pagina")
                ),
                new(
                    "card_list",
                    "tableEx",
                    new Box(Margin, Top, Across, Bottom - Top),
                    ("Cards behind the figure", "Kaarten achter het cijfer"),
                    Values(
                        CardName,
                        VisualField.Of("fact_card", "start_date"),
                        VisualField.Of("fact_card", "end_date"),
                        VisualField.Of("fact_card", "due_date"),
                        VisualField.Of("fact_card", "completed_date"),
                        CardMeasures.Cards,
                        PlanningMeasures.PlannedOnCards,
                        PlanningMeasures.RemainingOnCards,
                        TimeMeasures.Tracked
                    )
                ),
            ],
            Board,
            Stage,
            Job,
            Activity,
            Resource,
            Customer,
            Week
        );

    private static int SecondRow => Top + FigureHeight + Gap;

    private static ReportPage Page(string name, Words title, params ReportVisual[] visuals) =>
        new(name, title, [Heading(name, title, Half), .. Slicers(), .. visuals]);

    private static ReportVisual Heading(string page, Words title, int width) =>
        new($"{page}_title", "textbox", new Box(Margin, Margin, width, Top - Margin - Gap), title);

    private static ReportVisual[] Slicers() =>
        [
            Slicer(0, "date", ("Date", "Datum"), VisualField.Of("dim_date", "date"), "Between"),
            Slicer(1, "board", ("Board", "Bord"), Board, "Dropdown"),
            Slicer(2, "team", ("Team", "Team"), VisualField.Of("dim_group", "name"), "Dropdown"),
        ];

    private static ReportVisual Slicer(int place, string name, Words title, VisualField field, string mode)
    {
        var width = (Half - 2 * Gap) / 3;
        return new ReportVisual(
            $"slicer_{name}",
            "slicer",
            new Box(Margin + Half + Gap + place * (width + Gap), Gap / 2, width, Top - Gap),
            title,
            Values(field)
        )
        {
            Mode = mode,
        };
    }

    private static ReportVisual Pair(int column, int row, string name, Words title, Measure now, Measure before) =>
        new(
            name,
            "cardVisual",
            new Box(Margin + column * (Quarter + Gap), Top + row * (FigureHeight + Gap), Quarter, FigureHeight),
            title,
            new VisualRole("Data", now, before)
        );

    private static ReportVisual Figure(int column, string name, Words title, Measure measure) =>
        new(
            name,
            "cardVisual",
            new Box(Margin + column * (Quarter + Gap), Top, Quarter, FigureHeight),
            title,
            new VisualRole("Data", measure)
        );

    private static VisualRole By(VisualField field) => new("Category", field);

    private static VisualRole Y(params IReadOnlyList<VisualField> fields) => new("Y", fields);

    private static VisualRole Values(params IReadOnlyList<VisualField> fields) => new("Values", fields);

    private static Box Left(int from) => new(Margin, from, Half, Bottom - from);

    private static Box Right(int from) => new(Margin + Half + Gap, from, Half, Bottom - from);

    private static Box Upper(Box whole) => whole with { Height = (whole.Height - Gap) / 2 };

    private static Box Lower(Box whole) =>
        whole with
        {
            Y = whole.Y + (whole.Height - Gap) / 2 + Gap,
            Height = (whole.Height - Gap) / 2,
        };
}
