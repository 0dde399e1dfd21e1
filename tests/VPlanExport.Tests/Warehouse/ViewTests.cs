using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Two cards, one of them late, and five time entries of which three count.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class ViewTests
{
    private static readonly DateTime Mark = new(2026, 10, 2, 1, 0, 0, DateTimeKind.Utc);

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_card_is_one_flat_row(string engine)
    {
        await using var star = await FilledAsync(engine);

        star.Rows(
                "SELECT card, board, stage, status, collection, orders, customers, due_date, planned_minutes, remaining_minutes, original_minutes, tracked_minutes, resources, labels, is_completed, is_scheduled, days_late FROM bi.card ORDER BY card"
            )
            .Should()
            .Equal(
                "Frame|Main|Saw|Unknown|Job 1|P-1, S-1, S-2|Acme, Bolt|2026-10-01|90|30|80|75|Ann, Bob|Rush|False|True|4",
                "Loose|Unknown|Unknown|Unknown|Unknown|Unknown|Unknown|null|0|0|0|0|null|null|True|False|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Time_entries_that_run_or_are_deleted_are_left_out(string engine)
    {
        await using var star = await FilledAsync(engine);

        star.Rows(
                "SELECT time_entry_id, date, iso_year_week, user_name, resource, activity, card, collection, board, minutes, hours, status, is_billable, note FROM bi.time_entry ORDER BY 1"
            )
            .Should()
            .Equal(
                "t1|2026-10-05|2026-W41|Ann A.|Ann|Sawing|Frame|Job 1|Main|45|0.7500|approved|True|cut",
                "t2|2026-10-05|2026-W41|Unknown|Unknown|Welding|Frame|Job 1|Main|30|0.5000|draft|null|null",
                "t3|null|null|Unknown|Unknown|Unknown|Unknown|Unknown|Unknown|20|0.3333|null|null|null"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Planned_and_tracked_minutes_meet_per_card_and_activity_and_their_sums_are_those_of_the_facts(
        string engine
    )
    {
        await using var star = await FilledAsync(engine);

        star.Rows(
                "SELECT card, activity, planned_minutes, tracked_minutes, remaining_minutes, difference_minutes, productivity_percent FROM bi.planned_vs_actual ORDER BY card, activity"
            )
            .Should()
            .Equal(
                "Frame|Painting|30|0|30|-30|null",
                "Frame|Sawing|60|45|0|-15|133.33",
                "Frame|Welding|0|30|0|30|0.00",
                "Unknown|Unknown|0|20|0|20|0.00"
            );
        star.Rows("SELECT sum(planned_minutes), sum(remaining_minutes), sum(tracked_minutes) FROM bi.planned_vs_actual")
            .Should()
            .Equal(
                star.Rows(
                    """
                    SELECT (SELECT sum(planned_minutes) FROM dw.fact_card_activity WHERE is_deleted = 0),
                        (SELECT sum(remaining_minutes) FROM dw.fact_card_activity WHERE is_deleted = 0),
                        (SELECT sum(minutes) FROM dw.fact_time_entry WHERE is_deleted = 0 AND coalesce(is_running, 0) = 0)
                    """
                )
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Freshness_names_every_table_with_its_last_run_its_watermark_and_its_proof(string engine)
    {
        await using var star = await FilledAsync(engine);
        await star.LoadAsync(
            new Landing(2)
            {
                Log = new Landing(2).Log with
                {
                    Certificates =
                    [
                        new EntityReport(
                            "time_tracking",
                            null,
                            0,
                            0,
                            0,
                            Mark,
                            null,
                            null,
                            0,
                            1,
                            "403: the key may not read it"
                        ),
                        new EntityReport("card", 7, 7, 0, 0, null, null, null, 1, 1, null),
                    ],
                },
            }.With(Cards.Fact)
        );

        star.Rows("SELECT count(*) FROM bi.freshness").Should().Equal($"{Catalog.Tables.Count}");
        star.Rows(
                "SELECT table_name, entity, last_run_id, loaded_at, watermark, live_rows, expected, seen, unavailable_reason FROM bi.freshness WHERE table_name IN ('fact_card', 'fact_time_entry', 'bridge_collection_label', 'dim_date') ORDER BY position"
            )
            .Should()
            .Equal(
                "dim_date|null|run-1|10/05/2026 03:00:00|null|2|null|null|null",
                "bridge_collection_label|collection|null|null|null|0|null|null|null",
                "fact_card|card|run-2|10/05/2026 03:00:00|10/02/2026 01:00:00|2|7|7|null",
                "fact_time_entry|time_tracking|run-1|10/05/2026 03:00:00|null|4|null|0|403: the key may not read it"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_table_that_two_entities_feed_is_as_fresh_as_the_older_of_them(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        EntityReport Read(string entity, long? expected, DateTime? watermark, string? unavailable = null) =>
            new(entity, expected, expected ?? 0, 0, 0, null, null, watermark, 1, 1, unavailable);
        Landing Run(int number, params EntityReport[] certificates) =>
            new(number) { Log = new Landing(number).Log with { Certificates = certificates } };

        await star.LoadAsync(Run(1, Read("card", 7, Mark)));
        Proof().Should().Equal("card, collection|null|7|7|null");

        await star.LoadAsync(Run(2, Read("collection", 5, Mark.AddDays(1))));
        Proof().Should().Equal("card, collection|10/02/2026 01:00:00|12|12|null");

        await star.LoadAsync(
            Run(3, Read("collection", null, null, "403: no rights"), Read("card", 8, Mark.AddDays(2)))
        );
        Proof().Should().Equal("card, collection|10/03/2026 01:00:00|8|8|403: no rights");

        string[] Proof() =>
            star.Rows(
                "SELECT entity, watermark, expected, seen, unavailable_reason FROM bi.freshness WHERE table_name = 'fact_custom_field_value'"
            );
    }

    private static async Task<Star> FilledAsync(string engine)
    {
        var star = await Star.PreparedAsync(engine);
        var cards = new object[]
        {
            new
            {
                card_key = 1,
                card_id = "c1",
                name = "Frame",
                board_key = 1,
                collection_key = 1,
            },
            new
            {
                card_key = 2,
                card_id = "c2",
                name = "Loose",
            },
            new
            {
                card_key = 3,
                card_id = "c3",
                name = "Scrapped",
                is_deleted = true,
            },
        };
        await star.LoadAsync(
            new Landing(1)
            {
                Log = new Landing(1).Log with
                {
                    Certificates = [new EntityReport("card", 3, 3, 1, 0, null, null, Mark, 1, 2, null)],
                },
            }
                .With(
                    Calendar.Dim,
                    new
                    {
                        date_key = 20261001,
                        date = Day(1),
                        iso_year_week = "2026-W40",
                        day_offset = -4,
                    },
                    new
                    {
                        date_key = 20261005,
                        date = Day(5),
                        iso_year_week = "2026-W41",
                        day_offset = 0,
                    }
                )
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
                    Boards.Labels,
                    new
                    {
                        label_key = 1,
                        label_id = "l1",
                        name = "Rush",
                        board_key = 1,
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
                    }
                )
                .With(
                    Collections.Dim,
                    new
                    {
                        collection_key = 1,
                        collection_id = "k1",
                        name = "Job 1",
                    }
                )
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
                        code = "S-2",
                        order_type = "Sales",
                        collection_key = 1,
                        relation_key = 1,
                    },
                    new
                    {
                        order_key = 2,
                        order_id = "o2",
                        code = "S-1",
                        collection_key = 1,
                        relation_key = 2,
                    },
                    new
                    {
                        order_key = 3,
                        order_id = "o3",
                        code = "P-1",
                        order_type = "Purchase",
                        collection_key = 1,
                        relation_key = 3,
                    },
                    new
                    {
                        order_key = 4,
                        order_id = "o4",
                        code = "S-1",
                        order_type = "Sales",
                        collection_key = 1,
                    },
                    new
                    {
                        order_key = 5,
                        order_id = "o5",
                        code = "S-0",
                        order_type = "Sales",
                        relation_key = 3,
                    },
                    new
                    {
                        order_key = 6,
                        order_id = "o6",
                        code = "S-9",
                        order_type = "Sales",
                        collection_key = 1,
                        relation_key = 3,
                        is_deleted = true,
                    }
                )
                .With(
                    Resources.Dim,
                    new
                    {
                        resource_key = 1,
                        resource_id = "r1",
                        name = "Bob",
                    },
                    new
                    {
                        resource_key = 2,
                        resource_id = "r2",
                        name = "Ann",
                    },
                    new
                    {
                        resource_key = 3,
                        resource_id = "r3",
                        name = "Cas",
                    }
                )
                .With(
                    Users.Dim,
                    new
                    {
                        user_key = 1,
                        user_id = "u1",
                        full_name = "Ann A.",
                        resource_key = 2,
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
                    },
                    new
                    {
                        activity_key = 2,
                        activity_id = "a2",
                        name = "Welding",
                    },
                    new
                    {
                        activity_key = 3,
                        activity_id = "a3",
                        name = "Painting",
                    }
                )
                .With(Cards.Dim, cards)
                .With(
                    Cards.Fact,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        board_key = 1,
                        stage_key = 1,
                        collection_key = 1,
                        due_date = Day(1),
                        due_date_key = 20261001,
                        planned_minutes = 90,
                        remaining_minutes = 30,
                        original_minutes = 80,
                        is_scheduled = true,
                        is_completed = false,
                        days_late = 1,
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        planned_minutes = 0,
                        remaining_minutes = 0,
                        original_minutes = 0,
                        is_scheduled = false,
                        is_completed = true,
                    },
                    new
                    {
                        card_key = 3,
                        card_id = "c3",
                        planned_minutes = 500,
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
                        planned_minutes = 60,
                        remaining_minutes = 0,
                    },
                    new
                    {
                        card_activity_key = 2,
                        card_key = 1,
                        activity_key = 3,
                        planned_minutes = 30,
                        remaining_minutes = 30,
                    },
                    new
                    {
                        card_activity_key = 3,
                        card_key = 1,
                        activity_key = 2,
                        planned_minutes = 999,
                        remaining_minutes = 999,
                        is_deleted = true,
                    }
                )
                .With(
                    Cards.ResourceBridge,
                    new
                    {
                        card_resource_key = 1,
                        card_key = 1,
                        resource_key = 1,
                    },
                    new
                    {
                        card_resource_key = 2,
                        card_key = 1,
                        resource_key = 2,
                    },
                    new
                    {
                        card_resource_key = 3,
                        card_key = 1,
                        resource_key = 3,
                        is_deleted = true,
                    }
                )
                .With(
                    Cards.LabelBridge,
                    new
                    {
                        card_label_key = 1,
                        card_key = 1,
                        label_key = 1,
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
                        resource_key = 2,
                        work_date = Day(5),
                        work_date_key = 20261005,
                        minutes = 45,
                        status = "approved",
                        is_running = false,
                        note = "cut",
                    },
                    new
                    {
                        time_entry_key = 2,
                        time_entry_id = "t2",
                        card_key = 1,
                        collection_key = 1,
                        board_key = 1,
                        activity_key = 2,
                        work_date = Day(5),
                        work_date_key = 20261005,
                        minutes = 30,
                        status = "draft",
                        is_running = false,
                    },
                    new
                    {
                        time_entry_key = 3,
                        time_entry_id = "t3",
                        minutes = 20,
                    },
                    new
                    {
                        time_entry_key = 4,
                        time_entry_id = "t4",
                        card_key = 1,
                        activity_key = 1,
                        minutes = 7,
                        is_running = true,
                    },
                    new
                    {
                        time_entry_key = 5,
                        time_entry_id = "t5",
                        card_key = 1,
                        activity_key = 1,
                        minutes = 1000,
                        is_running = false,
                        is_deleted = true,
                    }
                )
        );
        return star;
    }

    private static DateOnly Day(int day) => new(2026, 10, day);
}
