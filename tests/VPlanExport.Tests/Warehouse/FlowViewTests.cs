using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The views on work that is done, under way, late or still to be planned; today is 4 January 2027, the first day of its ISO year.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class FlowViewTests
{
    private static readonly object[] Days =
    [
        new
        {
            date_key = 20261231,
            date = new DateOnly(2026, 12, 31),
            iso_year_week = "2026-W53",
            day_offset = -4,
        },
        new
        {
            date_key = 20270103,
            date = new DateOnly(2027, 1, 3),
            iso_year_week = "2026-W53",
            day_offset = -1,
        },
        new
        {
            date_key = 20270104,
            date = new DateOnly(2027, 1, 4),
            iso_year_week = "2027-W01",
            day_offset = 0,
        },
    ];

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task An_order_is_on_time_when_it_was_delivered_by_the_day_it_was_promised_for(string engine)
    {
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing
                    .With(
                        Relations.Dim,
                        new
                        {
                            relation_key = 1,
                            relation_id = "n1",
                            name = "Acme",
                        }
                    )
                    .With(
                        Collections.Dim,
                        new
                        {
                            collection_key = 1,
                            collection_id = "k1",
                            name = "Job",
                            board_key = 1,
                        }
                    )
                    .With(
                        Orders.Dim,
                        new
                        {
                            order_key = 8,
                            order_id = "o8",
                            code = "P-1",
                            order_type = "Purchase",
                            relation_key = 1,
                        },
                        new
                        {
                            order_key = 1,
                            order_id = "o1",
                            code = "S-1",
                            order_type = "Sales",
                            status = "closed",
                            board_key = 2,
                            collection_key = 1,
                            relation_key = 1,
                            order_date = Day(-30),
                            promised_date = Day(-5),
                            delivered_date = Day(-5),
                        },
                        new
                        {
                            order_key = 2,
                            order_id = "o2",
                            code = "S-2",
                            collection_key = 1,
                            order_date = Day(-30),
                            promised_date = Day(-5),
                            delivered_date = Day(-4),
                        },
                        new
                        {
                            order_key = 3,
                            order_id = "o3",
                            code = "S-3",
                            order_date = Day(-10),
                            promised_date = Day(-1),
                        },
                        new
                        {
                            order_key = 4,
                            order_id = "o4",
                            code = "S-4",
                            order_date = Day(-10),
                            promised_date = Day(0),
                        },
                        new
                        {
                            order_key = 5,
                            order_id = "o5",
                            code = "S-5",
                            delivered_date = Day(-1),
                        },
                        new
                        {
                            order_key = 6,
                            order_id = "o6",
                            code = "S-6",
                            is_deleted = true,
                        },
                        new
                        {
                            order_key = 7,
                            order_id = "o7",
                            code = "(not exported)",
                            is_inferred = true,
                        }
                    )
        );

        star.Rows(
                "SELECT name, order_type, status, board, relation, customers, begin_date, due_date, done_date, is_done, is_on_time, days_late, lead_time_days FROM bi.delivery WHERE subject = 'order' ORDER BY name"
            )
            .Should()
            .Equal(
                "P-1|Purchase|null|Unknown|Acme|Unknown|null|null|null|False|null|null|null",
                "S-1|Sales|closed|Side|Acme|Acme|2026-12-05|2026-12-30|2026-12-30|True|True|0|25",
                "S-2|null|null|Main|Unknown|Unknown|2026-12-05|2026-12-30|2026-12-31|True|False|1|26",
                "S-3|null|null|Unknown|Unknown|Unknown|2026-12-25|2027-01-03|null|False|False|1|null",
                "S-4|null|null|Unknown|Unknown|Unknown|2026-12-25|2027-01-04|null|False|null|0|null",
                "S-5|null|null|Unknown|Unknown|Unknown|null|null|2027-01-03|True|null|null|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_collection_is_on_time_when_the_last_of_its_cards_was_done_by_its_due_date(string engine)
    {
        var (made, madeAt) = (new DateOnly(2026, 12, 1), new DateTime(2026, 11, 30, 23, 30, 0, DateTimeKind.Utc));
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing
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
                        Orders.Dim,
                        new
                        {
                            order_key = 1,
                            order_id = "o1",
                            collection_key = 1,
                            relation_key = 1,
                        },
                        new
                        {
                            order_key = 2,
                            order_id = "o2",
                            collection_key = 1,
                            relation_key = 2,
                        },
                        new
                        {
                            order_key = 3,
                            order_id = "o3",
                            collection_key = 1,
                            relation_key = 3,
                            order_type = "Purchase",
                        }
                    )
                    .With(
                        Collections.Dim,
                        new
                        {
                            collection_key = 1,
                            collection_id = "k1",
                            name = "Early",
                            status = "planned",
                            board_key = 1,
                            due_date = Day(0),
                            created_date = made,
                            source_created_at = madeAt,
                        },
                        new
                        {
                            collection_key = 2,
                            collection_id = "k2",
                            name = "Late",
                            due_date = Day(-2),
                            created_date = made,
                            source_created_at = madeAt,
                        },
                        new
                        {
                            collection_key = 3,
                            collection_id = "k3",
                            name = "Half",
                            due_date = Day(1),
                            created_date = made,
                            source_created_at = madeAt,
                        },
                        new
                        {
                            collection_key = 4,
                            collection_id = "k4",
                            name = "Empty",
                            due_date = Day(-3),
                        },
                        new
                        {
                            collection_key = 5,
                            collection_id = "k5",
                            name = "Gone",
                            is_deleted = true,
                        },
                        new
                        {
                            collection_key = 6,
                            collection_id = "k6",
                            name = "(not exported)",
                            is_inferred = true,
                        }
                    )
                    .With(
                        Cards.Fact,
                        new
                        {
                            card_key = 1,
                            card_id = "c1",
                            collection_key = 1,
                            is_completed = true,
                            completed_date = Day(-9),
                        },
                        new
                        {
                            card_key = 2,
                            card_id = "c2",
                            collection_key = 1,
                            is_completed = true,
                            completed_date = Day(-3),
                        },
                        new
                        {
                            card_key = 3,
                            card_id = "c3",
                            collection_key = 1,
                            is_completed = false,
                            is_deleted = true,
                        },
                        new
                        {
                            card_key = 4,
                            card_id = "c4",
                            collection_key = 2,
                            is_completed = true,
                            completed_date = Day(-1),
                        },
                        new
                        {
                            card_key = 5,
                            card_id = "c5",
                            collection_key = 3,
                            is_completed = true,
                            completed_date = Day(-1),
                        },
                        new
                        {
                            card_key = 6,
                            card_id = "c6",
                            collection_key = 3,
                            is_completed = false,
                        }
                    )
        );

        star.Rows(
                "SELECT name, order_type, status, board, relation, customers, begin_date, due_date, done_date, is_done, is_on_time, days_late, lead_time_days FROM bi.delivery WHERE subject = 'collection' ORDER BY name"
            )
            .Should()
            .Equal(
                "Early|null|planned|Main|Acme, Bolt|Acme, Bolt|2026-12-01|2027-01-04|2027-01-01|True|True|-3|31",
                "Empty|null|null|Unknown|Unknown|Unknown|null|2027-01-01|null|False|False|3|null",
                "Half|null|null|Unknown|Unknown|Unknown|2026-12-01|2027-01-05|null|False|null|-1|null",
                "Late|null|null|Unknown|Unknown|Unknown|2026-12-01|2027-01-02|2027-01-03|True|False|1|33"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Throughput_counts_completed_cards_per_board_stage_and_ISO_week(string engine)
    {
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing.With(
                    Cards.Fact,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        board_key = 1,
                        stage_key = 1,
                        is_completed = true,
                        completed_date_key = 20261231,
                        planned_minutes = 60,
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        board_key = 1,
                        stage_key = 1,
                        is_completed = true,
                        completed_date_key = 20270103,
                        planned_minutes = 30,
                    },
                    new
                    {
                        card_key = 3,
                        card_id = "c3",
                        board_key = 1,
                        stage_key = 1,
                        is_completed = true,
                        completed_date_key = 20270104,
                        planned_minutes = 20,
                    },
                    new
                    {
                        card_key = 4,
                        card_id = "c4",
                        board_key = 1,
                        stage_key = 2,
                        is_completed = true,
                        completed_date_key = 20270103,
                    },
                    new
                    {
                        card_key = 5,
                        card_id = "c5",
                        is_completed = true,
                        completed_date_key = 20270104,
                        planned_minutes = 5,
                    },
                    new
                    {
                        card_key = 6,
                        card_id = "c6",
                        board_key = 1,
                        stage_key = 1,
                        is_completed = false,
                        planned_minutes = 1000,
                    },
                    new
                    {
                        card_key = 7,
                        card_id = "c7",
                        board_key = 1,
                        stage_key = 1,
                        is_completed = true,
                        completed_date_key = 20270103,
                        planned_minutes = 1000,
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                "SELECT board, stage, iso_year_week, completed_cards, planned_minutes FROM bi.throughput_week ORDER BY board, stage, iso_year_week"
            )
            .Should()
            .Equal(
                "Main|Saw|2026-W53|2|90",
                "Main|Saw|2027-W01|1|20",
                "Main|Weld|2026-W53|1|0",
                "Unknown|Unknown|2027-W01|1|5"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Work_in_progress_ages_from_its_planned_or_its_tracked_start(string engine)
    {
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing
                    .With(
                        Boards.Statuses,
                        new
                        {
                            status_key = 1,
                            status_id = "x1",
                            name = "Done",
                            is_exit = true,
                        }
                    )
                    .With(
                        Cards.Dim,
                        new
                        {
                            card_key = 1,
                            card_id = "c1",
                            name = "Planned",
                        },
                        new
                        {
                            card_key = 2,
                            card_id = "c2",
                            name = "Begun early",
                        },
                        new
                        {
                            card_key = 3,
                            card_id = "c3",
                            name = "Begun today",
                        },
                        new
                        {
                            card_key = 5,
                            card_id = "c5",
                            name = "A timer runs",
                        }
                    )
                    .With(
                        Cards.Fact,
                        new
                        {
                            card_key = 1,
                            card_id = "c1",
                            board_key = 1,
                            stage_key = 1,
                            status_key = 1,
                            start_date = Day(-3),
                            due_date = Day(2),
                            planned_minutes = 60,
                            remaining_minutes = 20,
                            is_completed = false,
                        },
                        new
                        {
                            card_key = 2,
                            card_id = "c2",
                            board_key = 1,
                            stage_key = 2,
                            start_date = Day(5),
                            is_completed = false,
                        },
                        new
                        {
                            card_key = 3,
                            card_id = "c3",
                            start_date = Day(0),
                        },
                        new
                        {
                            card_key = 4,
                            card_id = "c4",
                            start_date = Day(1),
                            is_completed = false,
                        },
                        new
                        {
                            card_key = 5,
                            card_id = "c5",
                            is_completed = false,
                        },
                        new
                        {
                            card_key = 6,
                            card_id = "c6",
                            start_date = Day(-3),
                            is_completed = true,
                        },
                        new
                        {
                            card_key = 7,
                            card_id = "c7",
                            start_date = Day(-3),
                            is_completed = false,
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
                            work_date = Day(-2),
                            minutes = 10,
                        },
                        new
                        {
                            time_entry_key = 2,
                            time_entry_id = "t2",
                            card_key = 2,
                            work_date = Day(-7),
                            minutes = 15,
                            is_running = false,
                        },
                        new
                        {
                            time_entry_key = 3,
                            time_entry_id = "t3",
                            card_key = 2,
                            work_date = Day(-6),
                            minutes = 30,
                        },
                        new
                        {
                            time_entry_key = 4,
                            time_entry_id = "t4",
                            card_key = 2,
                            work_date = Day(-9),
                            minutes = 1000,
                            is_deleted = true,
                        },
                        new
                        {
                            time_entry_key = 5,
                            time_entry_id = "t5",
                            card_key = 5,
                            work_date = Day(-1),
                            minutes = 1000,
                            is_running = true,
                        }
                    )
        );

        star.Rows(
                "SELECT card, board, stage, status, is_exit_status, collection, started_date, age_days, due_date, planned_minutes, remaining_minutes, tracked_minutes FROM bi.work_in_progress ORDER BY age_days DESC"
            )
            .Should()
            .Equal(
                "Begun early|Main|Weld|Unknown|null|Unknown|2026-12-28|7|null|null|null|45",
                "Planned|Main|Saw|Done|True|Unknown|2027-01-01|3|2027-01-06|60|20|10",
                "Begun today|Unknown|Unknown|Unknown|null|Unknown|2027-01-04|0|null|null|null|0"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_slip_of_the_plan_is_told_with_names_and_without_cards_that_came_or_went(string engine)
    {
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing
                    .With(
                        Boards.Statuses,
                        new
                        {
                            status_key = 1,
                            status_id = "x1",
                            name = "To do",
                        }
                    )
                    .With(
                        Collections.Dim,
                        new
                        {
                            collection_key = 1,
                            collection_id = "k1",
                            name = "Job",
                        }
                    )
                    .With(
                        Cards.Dim,
                        new
                        {
                            card_key = 1,
                            card_id = "c1",
                            name = "Frame",
                            board_key = 1,
                            collection_key = 1,
                        }
                    )
                    .With(
                        PlanHistory.Changes,
                        new
                        {
                            plan_change_key = 1,
                            card_key = 1,
                            changed_on = Day(-1),
                            changed_on_key = 20270103,
                            change_type = "changed",
                            old_start_date = Day(0),
                            new_start_date = Day(1),
                            old_end_date = Day(1),
                            new_end_date = Day(4),
                            old_due_date = Day(5),
                            new_due_date = Day(6),
                            slip_days = 3,
                            old_stage_key = 1,
                            new_stage_key = 2,
                            old_status_key = 1,
                            old_planned_minutes = 90,
                            new_planned_minutes = 60,
                        },
                        new
                        {
                            plan_change_key = 2,
                            changed_on = Day(0),
                            changed_on_key = 20270104,
                            change_type = "changed",
                            new_planned_minutes = 60,
                        },
                        new
                        {
                            plan_change_key = 3,
                            card_key = 1,
                            changed_on = Day(0),
                            changed_on_key = 20270104,
                            change_type = "added",
                            slip_days = 1000,
                        },
                        new
                        {
                            plan_change_key = 4,
                            card_key = 1,
                            changed_on = Day(0),
                            changed_on_key = 20270104,
                            change_type = "removed",
                            slip_days = 1000,
                        },
                        new
                        {
                            plan_change_key = 5,
                            card_key = 1,
                            changed_on = Day(0),
                            changed_on_key = 20270104,
                            change_type = "changed",
                            slip_days = 1000,
                            is_deleted = true,
                        }
                    )
        );

        star.Rows(
                """
                SELECT board, collection, card, date, changed_on, iso_year_week, old_start_date, new_start_date, old_end_date, new_end_date, slip_days, old_due_date, new_due_date,
                    old_stage, new_stage, old_status, new_status, old_planned_minutes, new_planned_minutes, planned_change_minutes
                FROM bi.plan_slip ORDER BY changed_on
                """
            )
            .Should()
            .Equal(
                "Main|Job|Frame|2027-01-03|2027-01-03|2026-W53|2027-01-04|2027-01-05|2027-01-05|2027-01-08|3|2027-01-09|2027-01-10|Saw|Weld|To do|Unknown|90|60|-30",
                "Unknown|Unknown|Unknown|2027-01-04|2027-01-04|2027-W01|null|null|null|null|null|null|null|Unknown|Unknown|Unknown|Unknown|null|60|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task The_backlog_is_what_is_open_and_not_planned_per_board(string engine)
    {
        await using var star = await FilledAsync(
            engine,
            landing =>
                landing
                    .With(
                        Collections.Dim,
                        new
                        {
                            collection_key = 1,
                            collection_id = "k1",
                            status = "not_planned",
                            board_key = 1,
                        },
                        new
                        {
                            collection_key = 2,
                            collection_id = "k2",
                            status = "not_planned",
                        },
                        new
                        {
                            collection_key = 3,
                            collection_id = "k3",
                            status = "ignored",
                            board_key = 1,
                        },
                        new
                        {
                            collection_key = 4,
                            collection_id = "k4",
                            status = "planned",
                            board_key = 1,
                        },
                        new
                        {
                            collection_key = 5,
                            collection_id = "k5",
                            status = "not_planned",
                            board_key = 1,
                            is_deleted = true,
                        }
                    )
                    .With(
                        Cards.Fact,
                        new
                        {
                            card_key = 1,
                            card_id = "c1",
                            board_key = 1,
                            collection_key = 1,
                            planned_minutes = 90,
                            remaining_minutes = 60,
                        },
                        new
                        {
                            card_key = 2,
                            card_id = "c2",
                            board_key = 1,
                            collection_key = 1,
                            planned_minutes = 50,
                            remaining_minutes = 40,
                            is_scheduled = false,
                            is_completed = false,
                        },
                        new
                        {
                            card_key = 3,
                            card_id = "c3",
                            board_key = 2,
                            planned_minutes = 30,
                            is_scheduled = false,
                        },
                        new
                        {
                            card_key = 4,
                            card_id = "c4",
                            board_key = 1,
                            collection_key = 3,
                            planned_minutes = 6000,
                            remaining_minutes = 6000,
                        },
                        new
                        {
                            card_key = 5,
                            card_id = "c5",
                            board_key = 1,
                            collection_key = 4,
                            planned_minutes = 6000,
                            remaining_minutes = 6000,
                            is_scheduled = true,
                        },
                        new
                        {
                            card_key = 6,
                            card_id = "c6",
                            board_key = 1,
                            collection_key = 4,
                            planned_minutes = 6000,
                            remaining_minutes = 6000,
                            is_completed = true,
                        },
                        new
                        {
                            card_key = 7,
                            card_id = "c7",
                            board_key = 1,
                            collection_key = 1,
                            planned_minutes = 6000,
                            remaining_minutes = 6000,
                            is_deleted = true,
                        }
                    )
                    .With(
                        Collections.ActivityFact,
                        new
                        {
                            collection_activity_key = 1,
                            collection_key = 1,
                            planned_minutes = 6000,
                            remaining_minutes = 6000,
                        },
                        new
                        {
                            collection_activity_key = 2,
                            collection_key = 2,
                            planned_minutes = 120,
                            remaining_minutes = 60,
                        },
                        new
                        {
                            collection_activity_key = 3,
                            collection_key = 2,
                            planned_minutes = 30,
                        },
                        new
                        {
                            collection_activity_key = 4,
                            collection_key = 2,
                            planned_minutes = 6000,
                            is_deleted = true,
                        }
                    )
        );

        star.Rows(
                "SELECT board, cards, collections, planned_minutes, remaining_minutes, planned_hours, remaining_hours FROM bi.backlog_hours ORDER BY board"
            )
            .Should()
            .Equal("Main|2|1|140|100|2.33|1.67", "Side|1|0|30|0|0.50|0.00", "Unknown|0|1|150|90|2.50|1.50");
    }

    private static async Task<Star> FilledAsync(string engine, Func<Landing, Landing> fill)
    {
        var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            fill(
                new Landing(1)
                    .With(Calendar.Dim, Days)
                    .With(
                        Boards.Dim,
                        new
                        {
                            board_key = 1,
                            board_id = "b1",
                            name = "Main",
                        },
                        new
                        {
                            board_key = 2,
                            board_id = "b2",
                            name = "Side",
                        }
                    )
                    .With(
                        Stages.Dim,
                        new
                        {
                            stage_key = 1,
                            stage_id = "s1",
                            name = "Saw",
                        },
                        new
                        {
                            stage_key = 2,
                            stage_id = "s2",
                            name = "Weld",
                        }
                    )
            )
        );
        return star;
    }

    private static DateOnly Day(int offset) => new DateOnly(2027, 1, 4).AddDays(offset);
}
