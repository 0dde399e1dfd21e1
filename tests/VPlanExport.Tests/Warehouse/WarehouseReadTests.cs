using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>What is read of the star, in every engine: the values that landed.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class WarehouseReadTests
{
    private static readonly object[] s_cards =
    [
        new
        {
            card_key = 1,
            card_id = "c1",
            name = "Zaag ",
            description = "",
            position = 7,
            is_locked = true,
            start_date = new DateOnly(2026, 10, 1),
            start_date_key = 20261001,
            completed_at = new DateTime(2026, 10, 1, 23, 59, 59, DateTimeKind.Utc).AddMicroseconds(999999),
        },
        new
        {
            card_key = 2,
            card_id = "c2",
            name = "zaag",
            description = "ĳ ç 漢字 😀 \"|'\n",
            start_date = new DateOnly(1, 1, 1),
            end_date = new DateOnly(9999, 12, 31),
            completed_at = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        },
        new
        {
            card_key = long.MaxValue,
            card_id = "c3",
            board_key = -1,
            is_deleted = true,
        },
    ];

    private static readonly object[] s_days =
    [
        new
        {
            resource_day_key = 1,
            resource_key = -1,
            date = new DateOnly(2026, 10, 1),
            hours_available = 8m,
            hours_work = 7.5m,
            hours_leave = 0.0001m,
            hours_absence = -99999.9999m,
        },
        new
        {
            resource_day_key = 2,
            resource_key = -1,
            date = new DateOnly(2026, 11, 1),
        },
    ];

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task The_values_are_those_that_landed(string engine)
    {
        await using var star = await FilledAsync(engine);

        var contents = await star.Loader.ReadAsync(
            [Cards.Dim, Schedules.Fact, Items.Dim],
            ContentSum.Of,
            TestContext.Current.CancellationToken
        );

        contents[0]
            .DifferentMonths(Landed(Cards.Dim, [new { card_key = -1, card_id = (string?)null }, .. s_cards]))
            .Should()
            .BeEmpty();
        contents[1].DifferentMonths(Landed(Schedules.Fact, s_days)).Should().BeEmpty();
        contents[1].Live.Should().Be(new ControlTotals(2, 0, 8m + 7.5m + 0.0001m - 99999.9999m));
        contents[2].Rows.Should().Be(1, "there is no item but the unknown one");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_letter_or_a_space_that_is_another_is_another_value_in_every_collation(string engine)
    {
        await using var star = await FilledAsync(engine);
        var before = await ContentAsync(star);

        star.Tamper("UPDATE dw.dim_card SET name = 'Zaag' WHERE card_key = 1");
        var withoutSpace = await ContentAsync(star);
        star.Tamper("UPDATE dw.dim_card SET name = 'zaag ' WHERE card_key = 1");
        var withAnotherCase = await ContentAsync(star);
        star.Tamper("UPDATE dw.dim_card SET name = 'Zaag ' WHERE card_key = 1");

        withoutSpace.DifferentMonths(before).Should().Equal("2026-10");
        withAnotherCase.DifferentMonths(before).Should().Equal("2026-10");
        (await ContentAsync(star)).DifferentMonths(before).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_column_that_the_table_does_not_have_yet_is_as_it_will_be_added(string engine)
    {
        await using var star = await FilledAsync(engine);
        star.Tamper("ALTER TABLE dw.dim_card DROP COLUMN batch_id");

        var content = await ContentAsync(star);

        content
            .DifferentMonths(Landed(Cards.Dim, [new { card_key = -1, card_id = (string?)null }, .. s_cards]))
            .Should()
            .BeEmpty();
    }

    private static async Task<TableChecksum> ContentAsync(Star star) =>
        (await star.Loader.ReadAsync([Cards.Dim], ContentSum.Of, TestContext.Current.CancellationToken))[0];

    private static async Task<Star> FilledAsync(string engine)
    {
        var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(Calendar.Dim, new { date_key = 20261001, date = new DateOnly(2026, 10, 1) })
                .With(Cards.Dim, s_cards)
                .With(Schedules.Fact, s_days)
        );
        return star;
    }

    private static TableChecksum Landed(Table table, object[] rows) =>
        ContentSum.Of(table, [new Landing(1).Batch(table, rows)]);
}
