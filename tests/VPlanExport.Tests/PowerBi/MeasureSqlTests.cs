using System.Globalization;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Tests.Support;
using VPlanExport.Tests.Transform;
using VPlanExport.Tests.Warehouse;
using VPlanExport.Transform.Derived;
using Calendar = VPlanExport.Entities.Calendar;
using Landing = VPlanExport.Tests.Warehouse.Landing;

namespace VPlanExport.Tests.PowerBi;

/// <summary>
/// The SQL of every measure, against figures computed by hand. Today is Wednesday 7 October 2026. Among the rows are unknown members, deleted rows, a timer
/// that runs, and days without hours.
/// </summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class MeasureSqlTests
{
    private static readonly DateOnly s_today = new(2026, 10, 7);

    private static readonly Dictionary<Measure, string> s_byHand = new()
    {
        [TimeMeasures.Tracked] = "4",
        [TimeMeasures.Entries] = "4",
        [TimeMeasures.BillableHours] = "3.5",
        [TimeMeasures.BillableShare] = "0.875",
        [TimeMeasures.BillableValue] = "210",
        [TimeMeasures.EntriesToApprove] = "3",
        [TimeMeasures.HoursToApprove] = "3",
        [TimeMeasures.OldestToApprove] = "2026-10-01",
        [TimeMeasures.PlannedOfTracked] = "3",
        [TimeMeasures.Productivity] = "0.75",
        [TimeMeasures.PlannedOfDone] = "1",
        [TimeMeasures.TrackedOfDone] = "2",
        [TimeMeasures.ProductivityOfDone] = "0.5",
        [TimeMeasures.TrackedOfCustomers] = "2",
        [PlanningMeasures.Planned] = "3",
        [PlanningMeasures.PlannedOnCards] = "20.15",
        [PlanningMeasures.RemainingOnCards] = "18.15",
        [PlanningMeasures.OverPlan] = "-16.15",
        [PlanningMeasures.ProductivityOnCards] = "5.0375",
        [PlanningMeasures.PlannedOfCustomers] = "1",
        [PlanningMeasures.OriginalOnCards] = "2.6667",
        [CapacityMeasures.Available] = "10",
        [CapacityMeasures.Roster] = "16",
        [CapacityMeasures.Leave] = "4",
        [CapacityMeasures.Absence] = "2",
        [CapacityMeasures.Utilisation] = "0.3",
        [CapacityMeasures.ActualUtilisation] = "0.4",
        [CapacityMeasures.StageAvailable] = "2",
        [CapacityMeasures.StageLoad] = "1.5",
        [CapacityMeasures.BandFrom] = "0.8",
        [CapacityMeasures.BandTo] = "1",
        [CardMeasures.Cards] = "4",
        [CardMeasures.OpenCards] = "3",
        [CardMeasures.Overdue] = "1",
        [CardMeasures.CardDaysLate] = "1",
        [CardMeasures.NewCards] = "4",
        [CardMeasures.DueCards] = "2",
        [CardMeasures.EndingCards] = "2",
        [CardMeasures.Throughput] = "1",
        [CardMeasures.ThroughputHours] = "1",
        [CardMeasures.InProgressCards] = "1",
        [CardMeasures.InProgressAge] = "2",
        [CardMeasures.InProgressPlanned] = "2",
        [CardMeasures.InProgressLeft] = "1",
        [CardMeasures.InProgressTracked] = "1.5",
        [BacklogMeasures.BacklogCards] = "1",
        [BacklogMeasures.BacklogJobs] = "1",
        [BacklogMeasures.BacklogHours] = "4.5",
        [BacklogMeasures.BacklogPlanned] = "4.5",
        [DeliveryMeasures.OrdersOnTime] = "1",
        [DeliveryMeasures.OrdersLate] = "1",
        [DeliveryMeasures.OrdersOnTimeShare] = "0.5",
        [DeliveryMeasures.OrderDaysLate] = "-4.3333",
        [DeliveryMeasures.OrderLeadTime] = "10",
        [DeliveryMeasures.JobsOnTime] = "1",
        [DeliveryMeasures.JobsLate] = "1",
        [DeliveryMeasures.JobsOnTimeShare] = "0.5",
        [DeliveryMeasures.JobDaysLate] = "1",
        [DeliveryMeasures.JobLeadTime] = "21",
        [DeliveryMeasures.Late] = "2",
        [DeliveryMeasures.OnTime] = "0.5",
        [DeliveryMeasures.Ordered] = "10",
        [DeliveryMeasures.Delivered] = "4",
        [DeliveryMeasures.BackOrdered] = "1.5",
        [PlanChangeMeasures.PlanChanges] = "2",
        [PlanChangeMeasures.Slip] = "3",
        [PlanChangeMeasures.AverageSlip] = "3",
        [PlanChangeMeasures.Slipped] = "1",
        [PlanChangeMeasures.PlanGrowth] = "1",
        [PlanChangeMeasures.ThenStart] = "2026-10-05",
        [PlanChangeMeasures.ThenEnd] = "2026-10-06",
        [PlanChangeMeasures.ThenPlanned] = "2.5",
        [TrustMeasures.LastLoad] = "2026-10-05 03:00",
        [TrustMeasures.OldestWatermark] = "2026-10-05 01:00",
        [TrustMeasures.LiveRows] = "*",
        [TrustMeasures.Expected] = "8",
        [TrustMeasures.Seen] = "7",
        [TrustMeasures.Unbalanced] = "1",
        [TrustMeasures.Landed] = "null",
        [TrustMeasures.Accepted] = "null",
        [TrustMeasures.Rejected] = "null",
        [TrustMeasures.Repeated] = "null",
        [WeekMeasures.PlannedThisWeek] = "2",
        [WeekMeasures.PlannedLastWeek] = "1",
        [WeekMeasures.TrackedThisWeek] = "2",
        [WeekMeasures.TrackedLastWeek] = "2",
        [WeekMeasures.UtilisationThisWeek] = "0.5",
        [WeekMeasures.UtilisationLastWeek] = "0.1667",
        [WeekMeasures.ProductivityThisWeek] = "1",
        [WeekMeasures.ProductivityLastWeek] = "0.5",
        [WeekMeasures.ThroughputThisWeek] = "0",
        [WeekMeasures.ThroughputLastWeek] = "1",
        [WeekMeasures.OnTimeThisWeek] = "0",
        [WeekMeasures.OnTimeLastWeek] = "1",
        [WeekMeasures.OpenLastWeek] = "2",
        [WeekMeasures.OverdueLastWeek] = "0",
    };

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Every_measure_gives_the_figure_computed_by_hand(string engine)
    {
        await using var star = await FilledAsync(engine);
        var sql = new MeasureSql(engine, Catalog.Tables);

        s_byHand.Keys.Should().BeEquivalentTo(Measures.All);
        var wrong = s_byHand
            .Where(m => m.Value != "*")
            .Select(m =>
                (
                    m.Key.Name,
                    Expected: m.Value,
                    Actual: Text(star.Rows($"SELECT {Rounded(m.Key, sql.Of(m.Key))}").Single())
                )
            )
            .Where(m => m.Expected != m.Actual);
        wrong.Should().BeEmpty();
        star.Rows($"SELECT {sql.Of(TrustMeasures.LiveRows)}")
            .Should()
            .Equal(star.Rows($"SELECT {TrustMeasures.LiveRows.View}"));
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_measure_without_rows_is_empty_and_never_fails(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var sql = new MeasureSql(engine, Catalog.Tables);

        var answers = Measures
            .All.Select(m => (m.Name, Answer: star.Rows($"SELECT {Rounded(m, sql.Of(m))}").Single()))
            .ToList();

        answers.Should().AllSatisfy(a => Text(a.Answer).Should().BeOneOf(["null", "0"], a.Name));
    }

    [Theory]
    [InlineData("board", "name = 'Main'", "Tracked hours", "3.5")]
    [InlineData("board", "name = 'Main'", "Planned hours", "3")]
    [InlineData("board", "name = 'Main'", "Collections late", "1")]
    [InlineData("board", "board_key = -1", "Planned hours", "null")]
    [InlineData("board", "board_key = -1", "Tracked hours", "0.5")]
    [InlineData("stage", "name = 'Saw'", "Stage load", "1")]
    [InlineData("resource", "resource_key = 1", "Utilisation", "0.75")]
    [InlineData("resource", "resource_key = 2", "Utilisation", "null")]
    [InlineData("card", "name = 'Frame'", "Open cards", "1")]
    [InlineData("date", "date <= '2026-10-04'", "Planned start on the day", "2026-10-01")]
    [InlineData("date", "date <= '2026-10-04'", "Planned hours on the day", "1")]
    [InlineData("date", "iso_year_week = '2026-W40'", "Throughput", "1")]
    [InlineData("date", "iso_year_week = '2026-W41'", "Throughput", "0")]
    [InlineData("date", "iso_year_week = '2026-W40'", "Tracked hours this week", "2")]
    [InlineData("activity", "is_billable = 1", "Productivity", "0.8571")]
    public async Task A_choice_counts_only_its_rows(string dimension, string condition, string measure, string figure)
    {
        await using var star = await FilledAsync("duckdb");
        var declared = Measures.All.Single(m => m.Name == measure);

        var sql = new MeasureSql("duckdb", Catalog.Tables).Of(
            declared,
            [Slice.Of(Catalog.Table($"dim_{dimension}"), condition)]
        );

        Text(star.Rows($"SELECT {Rounded(declared, sql)}").Single()).Should().Be(figure);
    }

    [Fact]
    public void Days_are_counted_between_dates_and_never_from_a_timestamp()
    {
        var texts = Measures.All.Select(m => new MeasureSql("sqlserver", Catalog.Tables).Of(m)).ToList();

        texts
            .Where(t => t.Contains("datediff", StringComparison.Ordinal))
            .Should()
            .NotBeEmpty()
            .And.AllSatisfy(t =>
                System.Text.RegularExpressions.Regex.Matches(t, @"datediff\([^)]*_at\b").Should().BeEmpty()
            );
    }

    /// <summary>Figures to four digits, which every engine rounds alike.</summary>
    private static string Rounded(Measure measure, string sql) =>
        measure.Format switch
        {
            MeasureFormat.Date or MeasureFormat.Moment => sql,
            _ => $"cast({sql} AS DECIMAL(18,4))",
        };

    private static string Text(string answer) =>
        decimal.TryParse(answer, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.####", CultureInfo.InvariantCulture)
        : DateTime.TryParse(answer, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && answer.Contains(':', StringComparison.Ordinal)
            ? time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : answer;

    private static async Task<Star> FilledAsync(string engine)
    {
        var star = await Star.PreparedAsync(engine);
        var calendar = ParsedRecords
            .RowsOf(DateDimension.Make(ParsedRecords.Run with { Today = s_today }, s_today, s_today))
            .Skip(1)
            .Select(day => new Dictionary<string, object?>(day));
        var landing = new Landing(1);
        landing = new Landing(1)
        {
            Log = landing.Log with
            {
                Certificates =
                [
                    new EntityReport("card", 3, 3, 0, 0, null, null, At(5), 1, 1, null),
                    new EntityReport("time_tracking", 5, 4, 0, 0, null, null, At(6), 1, 1, null),
                ],
            },
        };
        await star.LoadAsync(
            landing
                .With(Calendar.Dim, [.. calendar])
                .With(
                    Boards.Dim,
                    new
                    {
                        board_key = 1,
                        board_id = "b1",
                        name = "Main",
                    }
                )
                .With(
                    Stages.Dim,
                    new
                    {
                        stage_key = 1,
                        stage_id = "s1",
                        name = "Saw",
                        board_key = 1,
                        capacity_notification_min = 80,
                        capacity_notification_max = 100,
                    }
                )
                .With(
                    Activities.Dim,
                    new
                    {
                        activity_key = 1,
                        activity_id = "a1",
                        is_billable = true,
                        hourly_rate = 60m,
                    },
                    new
                    {
                        activity_key = 2,
                        activity_id = "a2",
                        is_billable = false,
                    }
                )
                .With(
                    Resources.Dim,
                    new { resource_key = 1, resource_id = "r1" },
                    new { resource_key = 2, resource_id = "r2" }
                )
                .With(Users.Dim, new { user_key = 1, user_id = "u1" }, new { user_key = 2, user_id = "u2" })
                .With(
                    Relations.Dim,
                    new { relation_key = 1, relation_id = "n1" },
                    new { relation_key = 2, relation_id = "n2" }
                )
                .With(
                    Collections.Dim,
                    new
                    {
                        collection_key = 1,
                        collection_id = "k1",
                        board_key = 1,
                        status = "planned",
                        due_date = Day(10, 5),
                        due_date_key = 20261005,
                        created_date = Day(9, 1),
                        created_date_key = 20260901,
                    },
                    new
                    {
                        collection_key = 2,
                        collection_id = "k2",
                        status = "not_planned",
                        created_date = Day(9, 20),
                        created_date_key = 20260920,
                    },
                    new
                    {
                        collection_key = 3,
                        collection_id = "k3",
                        status = "ignored",
                    },
                    new
                    {
                        collection_key = 4,
                        collection_id = "k4",
                        board_key = 1,
                        status = "planned",
                        due_date = Day(10, 1),
                        due_date_key = 20261001,
                        created_date = Day(9, 10),
                        created_date_key = 20260910,
                    },
                    new
                    {
                        collection_key = 5,
                        collection_id = "k5",
                        status = "not_planned",
                        due_date = Day(9, 1),
                        is_deleted = true,
                    },
                    new
                    {
                        collection_key = 6,
                        collection_id = "k6",
                        due_date = Day(9, 1),
                        is_inferred = true,
                    }
                )
                .With(
                    Orders.Dim,
                    new
                    {
                        order_key = 1,
                        order_id = "o1",
                        order_type = "Sales",
                        relation_key = 1,
                        collection_key = 4,
                        order_date = Day(9, 20),
                        order_date_key = 20260920,
                        promised_date = Day(10, 1),
                        promised_date_key = 20261001,
                        delivered_date = Day(9, 30),
                        delivered_date_key = 20260930,
                    },
                    new
                    {
                        order_key = 2,
                        order_id = "o2",
                        order_type = "Purchase",
                        relation_key = 2,
                        collection_key = 1,
                    },
                    new
                    {
                        order_key = 3,
                        order_id = "o3",
                        promised_date = Day(10, 6),
                        promised_date_key = 20261006,
                    },
                    new
                    {
                        order_key = 4,
                        order_id = "o4",
                        promised_date = Day(10, 20),
                        promised_date_key = 20261020,
                    },
                    new
                    {
                        order_key = 5,
                        order_id = "o5",
                        promised_date = Day(9, 1),
                        promised_date_key = 20260901,
                        is_deleted = true,
                    },
                    new
                    {
                        order_key = 6,
                        order_id = "o6",
                        promised_date = Day(9, 1),
                        is_inferred = true,
                    }
                )
                .With(
                    Orders.RowFact,
                    new
                    {
                        order_row_key = 1,
                        order_row_id = "w1",
                        order_key = 1,
                        quantity = 10m,
                        quantity_delivered = 4m,
                        quantity_backorder = 1.5m,
                    },
                    new
                    {
                        order_row_key = 2,
                        order_row_id = "w2",
                        order_key = 1,
                        quantity = 100m,
                        is_deleted = true,
                    }
                )
                .With(
                    Cards.Dim,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        name = "Frame",
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        completed_at = At(1),
                    },
                    new { card_key = 3, card_id = "c3" },
                    new { card_key = 4, card_id = "c4" },
                    new
                    {
                        card_key = 5,
                        card_id = "c5",
                        is_deleted = true,
                    }
                )
                .With(
                    Cards.Fact,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        collection_key = 1,
                        board_key = 1,
                        stage_key = 1,
                        start_date = Day(10, 5),
                        start_date_key = 20261005,
                        end_date = Day(10, 6),
                        end_date_key = 20261006,
                        due_date = Day(10, 5),
                        due_date_key = 20261005,
                        created_date = Day(9, 2),
                        created_date_key = 20260902,
                        planned_minutes = 120,
                        remaining_minutes = 60,
                        original_minutes = 100,
                        is_scheduled = true,
                        is_completed = false,
                        days_late = 2,
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        collection_key = 4,
                        board_key = 1,
                        start_date = Day(9, 30),
                        start_date_key = 20260930,
                        end_date = Day(10, 1),
                        end_date_key = 20261001,
                        due_date = Day(10, 1),
                        due_date_key = 20261001,
                        completed_date = Day(10, 1),
                        completed_date_key = 20261001,
                        created_date = Day(9, 11),
                        created_date_key = 20260911,
                        planned_minutes = 60,
                        remaining_minutes = 0,
                        original_minutes = 60,
                        is_scheduled = true,
                        is_completed = true,
                        days_late = 0,
                    },
                    new
                    {
                        card_key = 3,
                        card_id = "c3",
                        created_date = Day(10, 6),
                        created_date_key = 20261006,
                        planned_minutes = 30,
                        remaining_minutes = 30,
                    },
                    new
                    {
                        card_key = 4,
                        card_id = "c4",
                        collection_key = 3,
                        created_date = Day(9, 3),
                        created_date_key = 20260903,
                        planned_minutes = 999,
                        remaining_minutes = 999,
                        original_minutes = 0,
                        is_scheduled = false,
                    },
                    new
                    {
                        card_key = 5,
                        card_id = "c5",
                        planned_minutes = 5000,
                        due_date = Day(9, 1),
                        is_deleted = true,
                    }
                )
                .With(
                    Cards.ActivityFact,
                    new
                    {
                        card_activity_key = 1,
                        card_key = 1,
                        activity_key = 1,
                        planned_minutes = 70,
                        remaining_minutes = 60,
                    },
                    new
                    {
                        card_activity_key = 2,
                        card_key = 1,
                        activity_key = 1,
                        planned_minutes = 50,
                        remaining_minutes = 0,
                    },
                    new
                    {
                        card_activity_key = 3,
                        card_key = 2,
                        activity_key = 1,
                        planned_minutes = 60,
                        remaining_minutes = 0,
                    },
                    new
                    {
                        card_activity_key = 4,
                        card_key = 3,
                        activity_key = 2,
                        planned_minutes = 30,
                        remaining_minutes = 30,
                    },
                    new
                    {
                        card_activity_key = 5,
                        card_key = 4,
                        activity_key = 2,
                        planned_minutes = 999,
                        remaining_minutes = 999,
                    },
                    new
                    {
                        card_activity_key = 6,
                        card_key = 1,
                        activity_key = 1,
                        planned_minutes = 5000,
                        is_deleted = true,
                    }
                )
                .With(
                    Collections.ActivityFact,
                    new
                    {
                        collection_activity_key = 1,
                        collection_key = 2,
                        activity_key = 1,
                        planned_minutes = 240,
                    },
                    new
                    {
                        collection_activity_key = 2,
                        collection_key = 1,
                        activity_key = 1,
                        planned_minutes = 120,
                    },
                    new
                    {
                        collection_activity_key = 3,
                        collection_key = 2,
                        activity_key = 1,
                        planned_minutes = 5000,
                        is_deleted = true,
                    }
                )
                .With(
                    TimeEntries.Fact,
                    new
                    {
                        time_entry_key = 1,
                        time_entry_id = "t1",
                        card_key = 1,
                        collection_key = 1,
                        board_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        resource_key = 1,
                        work_date = Day(10, 5),
                        work_date_key = 20261005,
                        minutes = 90,
                        status = "draft",
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        card_key = 2,
                        collection_key = 4,
                        board_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        resource_key = 1,
                        work_date = Day(10, 1),
                        work_date_key = 20261001,
                        minutes = 60,
                        status = "approved",
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        card_key = 2,
                        collection_key = 4,
                        board_key = 1,
                        activity_key = 1,
                        user_key = 2,
                        resource_key = 2,
                        work_date = Day(10, 1),
                        work_date_key = 20261001,
                        minutes = 60,
                        status = "rejected",
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        work_date = Day(10, 6),
                        work_date_key = 20261006,
                        minutes = 30,
                        status = "pending",
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        card_key = 1,
                        activity_key = 1,
                        work_date = Day(9, 1),
                        work_date_key = 20260901,
                        minutes = 1000,
                        status = "draft",
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 6,
                        time_entry_id = "t6",
                        card_key = 1,
                        activity_key = 1,
                        work_date = Day(9, 1),
                        work_date_key = 20260901,
                        minutes = 1000,
                        status = "draft",
                        is_deleted = true,
                    }
                )
                .With(
                    PlannedDays.Fact,
                    new
                    {
                        planned_day_key = 1,
                        card_key = 1,
                        resource_key = 1,
                        activity_key = 1,
                        date = Day(10, 5),
                        date_key = 20261005,
                        planned_minutes = 60,
                    },
                    new
                    {
                        planned_day_key = 2,
                        card_key = 1,
                        resource_key = 1,
                        activity_key = 1,
                        date = Day(10, 6),
                        date_key = 20261006,
                        planned_minutes = 60,
                    },
                    new
                    {
                        planned_day_key = 3,
                        card_key = 2,
                        resource_key = 1,
                        activity_key = 1,
                        date = Day(10, 1),
                        date_key = 20261001,
                        planned_minutes = 60,
                    },
                    new
                    {
                        planned_day_key = 4,
                        card_key = 1,
                        resource_key = 1,
                        activity_key = 1,
                        date = Day(10, 6),
                        date_key = 20261006,
                        planned_minutes = 5000,
                        is_deleted = true,
                    }
                )
                .With(
                    Schedules.Fact,
                    new
                    {
                        resource_day_key = 1,
                        resource_key = 1,
                        date = Day(10, 5),
                        date_key = 20261005,
                        hours_available = 4m,
                        hours_work = 8m,
                        hours_leave = 4m,
                        hours_absence = 0m,
                    },
                    new
                    {
                        resource_day_key = 2,
                        resource_key = 1,
                        date = Day(10, 6),
                        date_key = 20261006,
                        hours_available = 0m,
                        hours_work = 0m,
                    },
                    new
                    {
                        resource_day_key = 3,
                        resource_key = 2,
                        date = Day(10, 1),
                        date_key = 20261001,
                        hours_available = 6m,
                        hours_work = 8m,
                        hours_absence = 2m,
                    },
                    new
                    {
                        resource_day_key = 4,
                        resource_key = 2,
                        date = Day(10, 2),
                        date_key = 20261002,
                        hours_available = 800m,
                        is_deleted = true,
                    }
                )
                .With(
                    StageCapacities.Fact,
                    new
                    {
                        stage_capacity_day_key = 1,
                        stage_key = 1,
                        board_key = 1,
                        date = Day(10, 5),
                        date_key = 20261005,
                        available_minutes = 120,
                    },
                    new
                    {
                        stage_capacity_day_key = 2,
                        stage_key = 1,
                        board_key = 1,
                        date = Day(10, 6),
                        date_key = 20261006,
                    }
                )
                .With(
                    PlanHistory.Changes,
                    new
                    {
                        plan_change_key = 1,
                        card_key = 1,
                        change_type = "changed",
                        changed_on = Day(10, 5),
                        changed_on_key = 20261005,
                        slip_days = 3,
                        old_planned_minutes = 60,
                        new_planned_minutes = 120,
                    },
                    new
                    {
                        plan_change_key = 2,
                        card_key = 3,
                        change_type = "changed",
                        changed_on = Day(10, 6),
                        changed_on_key = 20261006,
                        old_planned_minutes = 30,
                        new_planned_minutes = 30,
                    },
                    new
                    {
                        plan_change_key = 3,
                        card_key = 3,
                        change_type = "added",
                        changed_on = Day(10, 6),
                        changed_on_key = 20261006,
                        new_planned_minutes = 30,
                    },
                    new
                    {
                        plan_change_key = 4,
                        card_key = 1,
                        change_type = "changed",
                        changed_on = Day(10, 6),
                        changed_on_key = 20261006,
                        slip_days = 99,
                        is_deleted = true,
                    }
                )
                .With(
                    PlanHistory.Cards,
                    new
                    {
                        card_history_key = 1,
                        card_key = 1,
                        valid_from = At(1).AddMonths(-1),
                        valid_to = At(5),
                        start_date = Day(10, 1),
                        end_date = Day(10, 3),
                        planned_minutes = 60,
                        is_current = false,
                    },
                    new
                    {
                        card_history_key = 2,
                        card_key = 1,
                        valid_from = At(5),
                        start_date = Day(10, 5),
                        end_date = Day(10, 6),
                        planned_minutes = 120,
                        is_current = true,
                    },
                    new
                    {
                        card_history_key = 3,
                        card_key = 3,
                        valid_from = At(6),
                        planned_minutes = 30,
                        is_current = true,
                    }
                )
        );
        return star;
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private static DateTime At(int day) => new(2026, 10, day, 1, 0, 0, DateTimeKind.Utc);
}
