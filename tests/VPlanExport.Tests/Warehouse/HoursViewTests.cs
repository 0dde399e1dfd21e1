using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The views on planned, tracked and available time.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class HoursViewTests
{
    private static readonly object[] Days =
    [
        new
        {
            date_key = 20261228,
            date = new DateOnly(2026, 12, 28),
            iso_year_week = "2026-W53",
            year_month = "2026-12",
        },
        new
        {
            date_key = 20261231,
            date = new DateOnly(2026, 12, 31),
            iso_year_week = "2026-W53",
            year_month = "2026-12",
        },
        new
        {
            date_key = 20270103,
            date = new DateOnly(2027, 1, 3),
            iso_year_week = "2026-W53",
            year_month = "2027-01",
        },
        new
        {
            date_key = 20270104,
            date = new DateOnly(2027, 1, 4),
            iso_year_week = "2027-W01",
            year_month = "2027-01",
        },
    ];

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_resource_day_has_its_planned_tracked_and_available_minutes_once(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var monday = new DateOnly(2026, 12, 28);
        var sunday = new DateOnly(2027, 1, 3);
        await star.LoadAsync(
            new Landing(1)
                .With(Calendar.Dim, Days)
                .With(
                    Resources.Dim,
                    new
                    {
                        resource_key = 1,
                        resource_id = "r1",
                        name = "Ann",
                        resource_type = "employee",
                    },
                    new
                    {
                        resource_key = 2,
                        resource_id = "r2",
                        name = "Saw 1",
                        resource_type = "machine",
                    }
                )
                .With(
                    Cards.Dim,
                    new { card_key = 1, card_id = "c1" },
                    new { card_key = 2, card_id = "c2" },
                    new { card_key = 3, card_id = "c3" }
                )
                .With(
                    PlannedDays.Fact,
                    new
                    {
                        planned_day_key = 1,
                        resource_key = 1,
                        card_key = 1,
                        date = monday,
                        planned_minutes = 200,
                    },
                    new
                    {
                        planned_day_key = 2,
                        resource_key = 1,
                        card_key = 2,
                        date = monday,
                        planned_minutes = 130,
                    },
                    new
                    {
                        planned_day_key = 3,
                        resource_key = 1,
                        card_key = 3,
                        date = monday,
                        planned_minutes = 1000,
                        is_deleted = true,
                    },
                    new
                    {
                        planned_day_key = 4,
                        resource_key = 2,
                        card_key = 1,
                        date = monday,
                        planned_minutes = 60,
                    },
                    new
                    {
                        planned_day_key = 5,
                        card_key = 1,
                        date = sunday,
                        planned_minutes = 15,
                    }
                )
                .With(
                    TimeEntries.Fact,
                    new
                    {
                        time_entry_key = 1,
                        time_entry_id = "t1",
                        resource_key = 1,
                        work_date = monday,
                        minutes = 100,
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        resource_key = 1,
                        work_date = monday,
                        minutes = 65,
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        resource_key = 1,
                        work_date = monday,
                        minutes = 1000,
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        resource_key = 1,
                        work_date = monday,
                        minutes = 1000,
                        is_deleted = true,
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        resource_key = 1,
                        work_date = sunday,
                        minutes = 30,
                    },
                    new
                    {
                        time_entry_key = 6,
                        time_entry_id = "t6",
                        minutes = 20,
                    }
                )
                .With(
                    Schedules.Fact,
                    new
                    {
                        resource_day_key = 1,
                        resource_key = 1,
                        date = monday,
                        hours_available = 5.5m,
                        hours_work = 8m,
                        hours_leave = 2m,
                        hours_absence = 0.5m,
                    },
                    new
                    {
                        resource_day_key = 2,
                        resource_key = 1,
                        date = sunday,
                        hours_available = 0m,
                        hours_work = 0m,
                        hours_leave = 0m,
                        hours_absence = 0m,
                    },
                    new
                    {
                        resource_day_key = 3,
                        resource_key = 2,
                        date = sunday,
                        hours_available = 7.3333m,
                        hours_work = 7.3333m,
                    },
                    new
                    {
                        resource_day_key = 4,
                        resource_key = 2,
                        date = monday,
                        hours_available = 8m,
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                """
                SELECT resource, resource_type, date, iso_year_week, planned_minutes, tracked_minutes, available_minutes, work_minutes, leave_minutes, absence_minutes, utilisation_percent, actual_utilisation_percent
                FROM bi.utilisation_day ORDER BY resource, coalesce(iso_year_week, ''), date
                """
            )
            .Should()
            .Equal(
                "Ann|employee|2026-12-28|2026-W53|330|165|330|480|120|30|100.00|50.00",
                "Ann|employee|2027-01-03|2026-W53|0|30|0|0|0|0|null|null",
                "Saw 1|machine|2026-12-28|2026-W53|60|0|null|null|null|null|null|null",
                "Saw 1|machine|2027-01-03|2026-W53|0|0|440|440|null|null|0.00|0.00",
                "Unknown|null|null|null|0|20|null|null|null|null|null|null",
                "Unknown|null|2027-01-03|2026-W53|15|0|null|null|null|null|null|null"
            );
    }

    /// <summary>Frame, done, is planned for 120 minutes: Ann spent 60 and 30 on it, Bob 30. Lid, open, is planned for 100, and Ann spent 40.</summary>
    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Productivity_shares_a_plan_out_over_those_who_worked_on_it(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(Calendar.Dim, Days)
                .With(
                    Users.Dim,
                    new
                    {
                        user_key = 1,
                        user_id = "u1",
                        full_name = "Ann",
                    },
                    new
                    {
                        user_key = 2,
                        user_id = "u2",
                        full_name = "Bob",
                    }
                )
                .With(
                    Activities.Dim,
                    new
                    {
                        activity_key = 1,
                        activity_id = "a1",
                        name = "Sawing",
                    },
                    new
                    {
                        activity_key = 2,
                        activity_id = "a2",
                        name = "Welding",
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
                        name = "Lid",
                    }
                )
                .With(
                    Cards.Fact,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        is_completed = true,
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        is_completed = false,
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
                    },
                    new
                    {
                        card_activity_key = 2,
                        card_key = 1,
                        activity_key = 1,
                        planned_minutes = 50,
                    },
                    new
                    {
                        card_activity_key = 3,
                        card_key = 1,
                        activity_key = 1,
                        planned_minutes = 999,
                        is_deleted = true,
                    },
                    new
                    {
                        card_activity_key = 4,
                        card_key = 2,
                        activity_key = 1,
                        planned_minutes = 100,
                    },
                    new
                    {
                        card_activity_key = 5,
                        card_key = 2,
                        activity_key = 2,
                        planned_minutes = 10,
                    }
                )
                .With(
                    TimeEntries.Fact,
                    new
                    {
                        time_entry_key = 1,
                        time_entry_id = "t1",
                        card_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        work_date_key = 20261228,
                        minutes = 60,
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        card_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        work_date_key = 20270104,
                        minutes = 30,
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        card_key = 1,
                        activity_key = 1,
                        user_key = 2,
                        work_date_key = 20270103,
                        minutes = 30,
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        card_key = 2,
                        activity_key = 1,
                        user_key = 1,
                        work_date_key = 20270103,
                        minutes = 40,
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        card_key = 2,
                        activity_key = 2,
                        user_key = 2,
                        work_date_key = 20270104,
                        minutes = 0,
                    },
                    new
                    {
                        time_entry_key = 6,
                        time_entry_id = "t6",
                        minutes = 20,
                    },
                    new
                    {
                        time_entry_key = 7,
                        time_entry_id = "t7",
                        card_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        work_date_key = 20261228,
                        minutes = 1000,
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 8,
                        time_entry_id = "t8",
                        card_key = 1,
                        activity_key = 1,
                        user_key = 1,
                        work_date_key = 20261228,
                        minutes = 1000,
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                """
                SELECT user_name, activity, iso_year_week, planned_minutes, tracked_minutes, productivity_percent, completed_planned_minutes, completed_tracked_minutes, completed_productivity_percent
                FROM bi.productivity ORDER BY user_name, activity, iso_year_week
                """
            )
            .Should()
            .Equal(
                "Ann|Sawing|2026-W53|160.00|100|160.00|60.00|60|100.00",
                "Ann|Sawing|2027-W01|30.00|30|100.00|30.00|30|100.00",
                "Bob|Sawing|2026-W53|30.00|30|100.00|30.00|30|100.00",
                "Bob|Welding|2027-W01|0.00|0|null|0.00|0|null",
                "Unknown|Unknown|null|0.00|20|0.00|0.00|0|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Billable_time_has_the_customers_of_its_collection_and_a_value_and_counts_once(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(Calendar.Dim, Days)
                .With(
                    Relations.Dim,
                    new
                    {
                        relation_key = 1,
                        relation_id = "n1",
                        name = "Bolt",
                    },
                    new
                    {
                        relation_key = 2,
                        relation_id = "n2",
                        name = "Acme",
                    },
                    new
                    {
                        relation_key = 3,
                        relation_id = "n3",
                        name = "Steel",
                    }
                )
                .With(
                    Collections.Dim,
                    new { collection_key = 1, collection_id = "k1" },
                    new { collection_key = 2, collection_id = "k2" }
                )
                .With(
                    Orders.Dim,
                    new
                    {
                        order_key = 1,
                        order_id = "o1",
                        collection_key = 1,
                        relation_key = 2,
                        order_type = "Sales",
                    },
                    new
                    {
                        order_key = 2,
                        order_id = "o2",
                        collection_key = 1,
                        relation_key = 2,
                        order_type = "Production",
                    },
                    new
                    {
                        order_key = 3,
                        order_id = "o3",
                        collection_key = 1,
                        relation_key = 3,
                        order_type = "Purchase",
                    },
                    new
                    {
                        order_key = 4,
                        order_id = "o4",
                        collection_key = 1,
                        order_type = "Sales",
                    },
                    new
                    {
                        order_key = 5,
                        order_id = "o5",
                        collection_key = 1,
                        relation_key = 3,
                        is_deleted = true,
                    },
                    new
                    {
                        order_key = 6,
                        order_id = "o6",
                        collection_key = 2,
                        relation_key = 1,
                    },
                    new
                    {
                        order_key = 7,
                        order_id = "o7",
                        collection_key = 2,
                        relation_key = 2,
                    },
                    new
                    {
                        order_key = 8,
                        order_id = "o8",
                        relation_key = 3,
                    }
                )
                .With(
                    Activities.Dim,
                    new
                    {
                        activity_key = 1,
                        activity_id = "a1",
                        name = "Sawing",
                        is_billable = true,
                        hourly_rate = 50m,
                    },
                    new
                    {
                        activity_key = 2,
                        activity_id = "a2",
                        name = "Meeting",
                        is_billable = false,
                        hourly_rate = 40m,
                    },
                    new
                    {
                        activity_key = 3,
                        activity_id = "a3",
                        name = "Welding",
                        is_billable = true,
                    }
                )
                .With(
                    TimeEntries.Fact,
                    new
                    {
                        time_entry_key = 1,
                        time_entry_id = "t1",
                        collection_key = 1,
                        activity_key = 1,
                        work_date_key = 20261228,
                        minutes = 45,
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        collection_key = 1,
                        activity_key = 1,
                        work_date_key = 20261231,
                        minutes = 50,
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        collection_key = 1,
                        activity_key = 1,
                        work_date_key = 20270103,
                        minutes = 60,
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        collection_key = 2,
                        activity_key = 1,
                        work_date_key = 20270104,
                        minutes = 30,
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        collection_key = 1,
                        activity_key = 2,
                        work_date_key = 20270104,
                        minutes = 15,
                    },
                    new
                    {
                        time_entry_key = 6,
                        time_entry_id = "t6",
                        activity_key = 3,
                        work_date_key = 20270104,
                        minutes = 10,
                    },
                    new
                    {
                        time_entry_key = 7,
                        time_entry_id = "t7",
                        activity_key = 2,
                        work_date_key = 20270104,
                        minutes = 0,
                    },
                    new
                    {
                        time_entry_key = 8,
                        time_entry_id = "t8",
                        minutes = 20,
                    },
                    new
                    {
                        time_entry_key = 9,
                        time_entry_id = "t9",
                        collection_key = 1,
                        activity_key = 1,
                        work_date_key = 20261228,
                        minutes = 1000,
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 10,
                        time_entry_id = "t10",
                        collection_key = 1,
                        activity_key = 1,
                        work_date_key = 20261228,
                        minutes = 1000,
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                """
                SELECT activity, customers, relation_key, year_month, tracked_minutes, billable_minutes, billable_percent, value
                FROM bi.billable ORDER BY activity, customers, year_month
                """
            )
            .Should()
            .Equal(
                "Meeting|Acme|2|2027-01|15|0|0.00|0.0000",
                "Meeting|Unknown|-1|2027-01|0|0|null|0.0000",
                "Sawing|Acme|2|2026-12|95|95|100.00|79.1667",
                "Sawing|Acme|2|2027-01|60|60|100.00|50.0000",
                "Sawing|Acme, Bolt|-1|2027-01|30|30|100.00|25.0000",
                "Unknown|Unknown|-1|null|20|0|0.00|null",
                "Welding|Unknown|-1|2027-01|10|10|100.00|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task The_approval_backlog_is_what_is_not_approved_per_user_week_and_status(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(Calendar.Dim, Days)
                .With(
                    Users.Dim,
                    new
                    {
                        user_key = 1,
                        user_id = "u1",
                        full_name = "Ann",
                    }
                )
                .With(
                    TimeEntries.Fact,
                    new
                    {
                        time_entry_key = 1,
                        time_entry_id = "t1",
                        user_key = 1,
                        work_date = new DateOnly(2027, 1, 3),
                        work_date_key = 20270103,
                        minutes = 40,
                        status = "pending",
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        user_key = 1,
                        work_date = new DateOnly(2026, 12, 31),
                        work_date_key = 20261231,
                        minutes = 20,
                        status = "pending",
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        user_key = 1,
                        work_date = new DateOnly(2027, 1, 4),
                        work_date_key = 20270104,
                        minutes = 10,
                        status = "pending",
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        user_key = 1,
                        work_date = new DateOnly(2027, 1, 4),
                        work_date_key = 20270104,
                        minutes = 5,
                        status = "rejected",
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        minutes = 7,
                        status = "draft",
                    },
                    new
                    {
                        time_entry_key = 6,
                        time_entry_id = "t6",
                        user_key = 1,
                        work_date_key = 20270104,
                        minutes = 1000,
                        status = "approved",
                    },
                    new
                    {
                        time_entry_key = 7,
                        time_entry_id = "t7",
                        user_key = 1,
                        work_date_key = 20270104,
                        minutes = 1000,
                    },
                    new
                    {
                        time_entry_key = 8,
                        time_entry_id = "t8",
                        user_key = 1,
                        work_date_key = 20270104,
                        minutes = 1000,
                        status = "draft",
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 9,
                        time_entry_id = "t9",
                        user_key = 1,
                        work_date_key = 20270104,
                        minutes = 1000,
                        status = "rejected",
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                "SELECT user_name, iso_year_week, status, entries, minutes, oldest_date FROM bi.approval_backlog ORDER BY user_name, iso_year_week, status"
            )
            .Should()
            .Equal(
                "Ann|2026-W53|pending|2|60|2026-12-31",
                "Ann|2027-W01|pending|1|10|2027-01-04",
                "Ann|2027-W01|rejected|1|5|2027-01-04",
                "Unknown|null|draft|1|7|null"
            );
    }
}
