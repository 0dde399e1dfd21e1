using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class StageLoadViewTests
{
    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_stage_is_loaded_with_the_plan_of_the_cards_that_are_in_it(string engine)
    {
        var sunday = new DateOnly(2027, 1, 3);
        var monday = new DateOnly(2027, 1, 4);
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(
                    Calendar.Dim,
                    new
                    {
                        date_key = 20270103,
                        date = sunday,
                        iso_year_week = "2026-W53",
                    },
                    new
                    {
                        date_key = 20270104,
                        date = monday,
                        iso_year_week = "2027-W01",
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
                    Stages.Dim,
                    new
                    {
                        stage_key = 1,
                        stage_id = "s1",
                        name = "Saw",
                        board_key = 1,
                        capacity_notification_min = 80,
                        capacity_notification_max = 100,
                    },
                    new
                    {
                        stage_key = 2,
                        stage_id = "s2",
                        name = "Weld",
                        board_key = 1,
                    }
                )
                .With(
                    Cards.Dim,
                    new { card_key = 1, card_id = "c1" },
                    new { card_key = 2, card_id = "c2" },
                    new { card_key = 3, card_id = "c3" }
                )
                .With(
                    Cards.Fact,
                    new
                    {
                        card_key = 1,
                        card_id = "c1",
                        stage_key = 1,
                    },
                    new
                    {
                        card_key = 2,
                        card_id = "c2",
                        stage_key = 1,
                    },
                    new
                    {
                        card_key = 3,
                        card_id = "c3",
                        stage_key = 2,
                    }
                )
                .With(
                    PlannedDays.Fact,
                    new
                    {
                        planned_day_key = 1,
                        card_key = 1,
                        date = monday,
                        planned_minutes = 300,
                    },
                    new
                    {
                        planned_day_key = 2,
                        card_key = 1,
                        date = monday,
                        planned_minutes = 60,
                    },
                    new
                    {
                        planned_day_key = 3,
                        card_key = 2,
                        date = monday,
                        planned_minutes = 90,
                    },
                    new
                    {
                        planned_day_key = 4,
                        card_key = 2,
                        date = monday,
                        planned_minutes = 1000,
                        is_deleted = true,
                    },
                    new
                    {
                        planned_day_key = 5,
                        card_key = 3,
                        date = sunday,
                        planned_minutes = 45,
                    },
                    new
                    {
                        planned_day_key = 6,
                        card_key = 3,
                        date = monday,
                        planned_minutes = 30,
                    },
                    new
                    {
                        planned_day_key = 7,
                        date = monday,
                        planned_minutes = 15,
                    }
                )
                .With(
                    Catalog.Table("fact_stage_capacity_day"),
                    new
                    {
                        stage_capacity_day_key = 1,
                        stage_key = 1,
                        board_key = 1,
                        date = monday,
                        available_minutes = 600,
                    },
                    new
                    {
                        stage_capacity_day_key = 2,
                        stage_key = 1,
                        board_key = 1,
                        date = sunday,
                        available_minutes = 480,
                    },
                    new
                    {
                        stage_capacity_day_key = 3,
                        stage_key = 2,
                        board_key = 1,
                        date = sunday,
                        available_minutes = 0,
                    },
                    new
                    {
                        stage_capacity_day_key = 4,
                        stage_key = 2,
                        board_key = 1,
                        date = monday,
                        available_minutes = 1000,
                        is_deleted = true,
                    }
                )
        );

        star.Rows(
                "SELECT board, stage, date, iso_year_week, planned_minutes, available_minutes, load_percent, band_min_percent, band_max_percent FROM bi.stage_load ORDER BY board, stage, date"
            )
            .Should()
            .Equal(
                "Main|Saw|2027-01-03|2026-W53|0|480|0.00|80|100",
                "Main|Saw|2027-01-04|2027-W01|450|600|75.00|80|100",
                "Main|Weld|2027-01-03|2026-W53|45|0|null|null|null",
                "Main|Weld|2027-01-04|2027-W01|30|null|null|null|null",
                "Unknown|Unknown|2027-01-04|2027-W01|15|null|null|null|null"
            );
    }
}
