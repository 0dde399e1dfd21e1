using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The rules by which a run changes the star, in every engine.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class MergeSqlTests
{
    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_second_run_inserts_changes_and_leaves_rows_and_counts_each(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        (await star.LoadAsync(new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld")), Stages.Dim))
            .Should()
            .Be(new TableCounts("dim_stage", 3, 3, 0, 0, 0), "the unknown member is a row too");

        (
            await star.LoadAsync(
                new Landing(2).With(Stages.Dim, Stage(2, "Welding"), Stage(1, "Saw"), Stage(3, "Paint")),
                Stages.Dim
            )
        )
            .Should()
            .Be(new TableCounts("dim_stage", 4, 1, 1, 2, 0));

        star.Rows("SELECT stage_key, name, run_id, extracted_at FROM dw.dim_stage WHERE stage_key > 0 ORDER BY 1")
            .Should()
            .Equal(
                "1|Saw|run-1|10/02/2026 02:00:00",
                "2|Welding|run-2|10/03/2026 02:00:00",
                "3|Paint|run-2|10/03/2026 02:00:00"
            );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Staging_holds_what_the_last_run_landed_and_nothing_else(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld"))
                .With(Cards.Fact, new { card_key = 9, card_id = "c9" })
                .With(Cards.Dim, new { card_key = 9, card_id = "c9" })
        );

        await star.LoadAsync(new Landing(2).With(Stages.Dim, Stage(3, "Paint")));

        star.Rows("SELECT stage_key FROM stg.dim_stage ORDER BY 1").Should().Equal("-1", "3");
        star.Rows("SELECT card_key FROM stg.fact_card").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Rows_that_a_complete_read_no_longer_has_become_deleted_but_for_members_and_protected_rows(
        string engine
    )
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld"), Stage(3, "Paint"), Inferred(4))
        );

        (
            await star.LoadAsync(
                new Landing(2).With(
                    Stages.Dim,
                    c => c with { DeleteScopes = [new DeleteScope { IsFullSnapshot = true, Excluded = [3] }] },
                    Stage(1, "Saw")
                ),
                Stages.Dim
            )
        )
            .Deleted.Should()
            .Be(1);

        star.Rows("SELECT stage_key, is_deleted, run_id FROM dw.dim_stage ORDER BY 1")
            .Should()
            .Equal("-1|False|run-1", "1|False|run-1", "2|True|run-2", "3|False|run-1", "4|False|run-1");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_row_that_is_only_referred_to_in_a_complete_read_becomes_deleted(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld")));

        await star.LoadAsync(
            new Landing(2).With(
                Stages.Dim,
                c => c with { DeleteScopes = [new DeleteScope { IsFullSnapshot = true }] },
                Stage(1, "Saw"),
                Inferred(2)
            )
        );

        star.Rows("SELECT name, is_deleted, is_inferred FROM dw.dim_stage WHERE stage_key = 2")
            .Should()
            .Equal("Weld|True|False");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Rows_that_are_gone_become_deleted_once_and_come_back_when_they_land_again(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld")));

        (await star.LoadAsync(new Landing(2).With(Stages.Dim, c => c with { Deleted = [2, 77, -1] }), Stages.Dim))
            .Deleted.Should()
            .Be(1);
        (await star.LoadAsync(new Landing(3).With(Stages.Dim, c => c with { Deleted = [2] }), Stages.Dim))
            .Deleted.Should()
            .Be(0);
        star.Rows("SELECT is_deleted, run_id, extracted_at FROM dw.dim_stage WHERE stage_key = 2")
            .Should()
            .Equal("True|run-2|10/03/2026 02:00:00");

        (await star.LoadAsync(new Landing(4).With(Stages.Dim, Stage(2, "Weld")), Stages.Dim)).Changed.Should().Be(1);
        star.Rows("SELECT is_deleted FROM dw.dim_stage WHERE stage_key = 2").Should().Equal("False");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_hundred_thousand_rows_can_be_gone_at_once(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld")));

        (
            await star.LoadAsync(
                new Landing(2).With(
                    Stages.Dim,
                    c => c with { Deleted = [.. Enumerable.Range(2, 100_000).Select(i => (long)i)] }
                ),
                Stages.Dim
            )
        )
            .Deleted.Should()
            .Be(1);
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task An_inferred_row_fills_a_gap_and_never_overwrites(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, Stage(1, "Saw"), Inferred(2)));

        (await star.LoadAsync(new Landing(2).With(Stages.Dim, Inferred(1), Stage(2, "Weld"), Inferred(3)), Stages.Dim))
            .Should()
            .Be(new TableCounts("dim_stage", 4, 1, 1, 2, 0));

        star.Rows("SELECT stage_key, name, is_inferred, run_id FROM dw.dim_stage WHERE stage_key > 0 ORDER BY 1")
            .Should()
            .Equal("1|Saw|False|run-1", "2|Weld|False|run-2", "3|(not exported)|True|run-2");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task What_a_parent_no_longer_lists_is_gone_and_other_parents_keep_their_rows(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            Boards(1, 1, 2, 3, 4)
                .With(
                    VPlanExport.Entities.Boards.Labels,
                    c =>
                        c with
                        {
                            DeleteScopes =
                            [
                                new DeleteScope(VPlanExport.Entities.Boards.Labels.Parent) { ReplacesChildren = true },
                            ],
                        },
                    Label(11, board: 1),
                    Label(12, board: 1),
                    Label(21, board: 2),
                    Label(31, board: 3),
                    Label(41, board: 4)
                )
        );

        var second = new Landing(2)
            .With(
                VPlanExport.Entities.Boards.Dim,
                c => c with { Deleted = [4] },
                Board(1),
                Board(3),
                new
                {
                    board_key = 2,
                    board_id = "b2",
                    is_inferred = true,
                }
            )
            .With(
                VPlanExport.Entities.Boards.Labels,
                c =>
                    c with
                    {
                        DeleteScopes =
                        [
                            new DeleteScope(VPlanExport.Entities.Boards.Labels.Parent)
                            {
                                ReplacesChildren = true,
                                Excluded = [3],
                            },
                        ],
                    },
                Label(11, board: 1)
            );
        (await star.LoadAsync(second, VPlanExport.Entities.Boards.Labels)).Deleted.Should().Be(2);

        star.Rows("SELECT label_key FROM dw.dim_label WHERE is_deleted = 1 ORDER BY 1").Should().Equal("12", "41");
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Where_two_entities_fill_a_table_each_gives_up_its_own_rows_only(string engine)
    {
        var (ofCards, ofCollections) = (
            VPlanExport.Entities.Cards.CustomFields,
            VPlanExport.Entities.Collections.CustomFields
        );
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(VPlanExport.Entities.Cards.Dim, Card(1), Card(2), Card(3))
                .With(VPlanExport.Entities.Collections.Dim, Collection(1), Collection(2), Collection(3))
                .With(
                    ofCards,
                    OfCard(11, 1),
                    OfCard(21, 2),
                    OfCard(31, 3),
                    OfCollection(12, 1),
                    OfCollection(22, 2),
                    OfCollection(32, 3)
                )
        );

        await star.LoadAsync(
            new Landing(2)
                .With(VPlanExport.Entities.Cards.Dim, c => c with { Deleted = [2] }, Card(1))
                .With(VPlanExport.Entities.Collections.Dim, Collection(1))
                .With(
                    ofCards,
                    c =>
                        c with
                        {
                            DeleteScopes =
                            [
                                new DeleteScope(ofCards.Parent) { ReplacesChildren = true, Excluded = [3] },
                                new DeleteScope(ofCollections.Parent) { Excluded = [1] },
                            ],
                        }
                )
        );
        star.Rows("SELECT custom_field_value_key FROM dw.fact_custom_field_value WHERE is_deleted = 1 ORDER BY 1")
            .Should()
            .Equal("11", "21");

        await star.LoadAsync(
            new Landing(3)
                .With(VPlanExport.Entities.Collections.Dim, Collection(1), Collection(3))
                .With(
                    ofCards,
                    c =>
                        c with
                        {
                            DeleteScopes =
                            [
                                new DeleteScope(ofCollections.Parent)
                                {
                                    IsFullSnapshot = true,
                                    ReplacesChildren = true,
                                    Excluded = [3],
                                },
                            ],
                        },
                    OfCollection(12, 1)
                )
        );
        star.Rows("SELECT custom_field_value_key FROM dw.fact_custom_field_value WHERE is_deleted = 1 ORDER BY 1")
            .Should()
            .Equal("11", "21", "22");

        static object Card(long key) =>
            new
            {
                card_key = key,
                card_id = $"c{key}",
                is_inferred = false,
            };
        static object Collection(long key) =>
            new
            {
                collection_key = key,
                collection_id = $"j{key}",
                is_inferred = false,
            };
        static object OfCard(long key, long card) =>
            new
            {
                custom_field_value_key = key,
                card_key = card,
                collection_key = -1,
                custom_field_key = -1,
            };
        static object OfCollection(long key, long collection) =>
            new
            {
                custom_field_value_key = key,
                card_key = -1,
                collection_key = collection,
                custom_field_key = -1,
            };
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Rows_stay_when_the_answer_had_no_such_array(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(Boards(1, 1).With(VPlanExport.Entities.Boards.Labels, Label(11, board: 1)));

        await star.LoadAsync(Boards(2, 1).With(VPlanExport.Entities.Boards.Labels));

        star.Rows("SELECT label_key FROM dw.dim_label WHERE is_deleted = 1").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Values_of_every_type_arrive_as_they_were_written(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            new Landing(1)
                .With(
                    Activities.Dim,
                    new
                    {
                        activity_key = long.MaxValue,
                        activity_id = "a",
                        hourly_rate = 12345678901234.5678m,
                        archived_at = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc).AddTicks(1234560),
                    }
                )
                .With(
                    Resources.Dim,
                    new
                    {
                        resource_key = 1,
                        resource_id = "r",
                        start_date = new DateOnly(1999, 12, 31),
                        start_date_key = -1,
                        hours_monday = 7.6m,
                        name = "Zoë 🪚",
                    }
                )
        );

        star.Rows(
                "SELECT activity_key, hourly_rate, CAST(archived_at AS VARCHAR(30)), is_billable FROM dw.dim_activity WHERE activity_id = 'a'"
            )
            .Should()
            .Equal("9223372036854775807|12345678901234.5678|2026-03-29 01:30:00.123456|null");
        star.Rows("SELECT start_date, hours_monday, name FROM dw.dim_resource WHERE resource_id = 'r'")
            .Should()
            .Equal("1999-12-31|7.6000|Zoë 🪚");
    }

    private static object Stage(int key, string name) =>
        new
        {
            stage_key = key,
            stage_id = $"s{key}",
            name,
        };

    private static object Inferred(int key) =>
        new
        {
            stage_key = key,
            stage_id = $"s{key}",
            name = "(not exported)",
            is_inferred = true,
        };

    private static object Board(int key) => new { board_key = key, board_id = $"b{key}" };

    private static object Label(int key, int board) =>
        new
        {
            label_key = key,
            label_id = $"l{key}",
            board_key = board,
        };

    private static Landing Boards(long sequence, params int[] keys) =>
        new Landing(sequence).With(VPlanExport.Entities.Boards.Dim, [.. keys.Select(Board)]);
}
