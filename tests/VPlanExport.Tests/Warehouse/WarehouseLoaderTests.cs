using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A load as a whole, in every engine.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class WarehouseLoaderTests
{
    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_run_that_was_loaded_is_not_loaded_again_and_answers_with_its_first_counts(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var landing = new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" });
        var changes = await landing.StoreAsync(star.Store);
        var first = await star.LoadAsync(changes, landing.Log);
        var before = star.Everything();

        var second = await star.LoadAsync(changes, landing.Log);

        first.AlreadyApplied.Should().BeFalse();
        second.AlreadyApplied.Should().BeTrue();
        second.Tables.Should().Equal(first.Tables);
        star.Everything().Should().Equal(before);
        (await star.Loader.LastSequenceAsync(TestContext.Current.CancellationToken)).Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Minutes_that_are_lost_on_the_way_to_staging_are_not_loaded(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);

        await Refused<ReconciliationException>(
            star,
            new Landing(1).With(
                TimeEntries.Fact,
                change => change with { Filed = new ControlTotals(1, 45, 0) },
                new
                {
                    time_entry_key = 1,
                    time_entry_id = "t1",
                    minutes = 30,
                }
            ),
            "fact_time_entry does not balance: the row files hold 1 rows, 45 minutes, stg holds 1 rows, 30 minutes*Start again*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Hours_that_are_lost_on_the_way_to_the_star_are_not_loaded(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1));
        star.Tamper(
            $"ALTER TABLE dw.dim_resource ALTER COLUMN hours_monday {(engine == "duckdb" ? "TYPE " : "")}decimal(9, 0)"
        );

        await Refused<ReconciliationException>(
            star,
            new Landing(2).With(
                Resources.Dim,
                new
                {
                    resource_key = 2,
                    resource_id = "r2",
                    hours_monday = 7.25m,
                }
            ),
            "dim_resource does not balance: stg holds 2 rows, 7.25 hours, dw holds of them 2 rows, 7 hours*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_journal_of_an_earlier_version_gets_the_columns_that_came_since(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        star.Tamper("DROP VIEW bi.freshness");
        star.Tamper("ALTER TABLE etl.certificate DROP COLUMN hours_merged");

        await star.Loader.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);

        star.Rows("SELECT count(hours_merged) FROM etl.certificate").Should().Equal("0");
        await star.LoadAsync(
            new Landing(1)
            {
                Log = new Landing(1).Log with
                {
                    Certificates = [new EntityReport("card", 7, 7, 0, 0, null, null, null, 1, 1, null)],
                },
            }
        );
        star.Rows("SELECT count(*) FROM bi.freshness WHERE entity = 'card' AND expected = 7").Should().NotEqual(["0"]);
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_run_older_than_the_last_one_is_refused(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(5));

        await Refused<RefusedException>(
            star,
            new Landing(4),
            "Run run-4 (number 4) is not newer than the last one in the warehouse (number 5)*load --all*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_damaged_row_file_in_the_middle_changes_nothing(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));
        var landing = new Landing(2)
            .With(Stages.Dim, new { stage_key = 2, stage_id = "s2" })
            .With(Activities.Dim, new { activity_key = 1, activity_id = "a1" });
        var changes = await landing.StoreAsync(star.Store);
        var file = await star.Store.LocalAsync(changes.Tables[1].Files[1].Path, TestContext.Current.CancellationToken);
        await using (var bytes = File.Open(file, FileMode.Open))
            bytes.SetLength(bytes.Length / 2);
        var before = star.Everything();

        var load = () => star.LoadAsync(changes, landing.Log);

        (await load.Should().ThrowAsync<SinkException>()).WithMessage(
            "The row files of dim_activity in run run-2 are damaged or missing:*Nothing was changed.*"
        );
        star.Everything().Should().Equal(before);
        (await star.LoadAsync(new Landing(2).With(Stages.Dim, new { stage_key = 2, stage_id = "s2" })))
            .AlreadyApplied.Should()
            .BeFalse();
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_key_that_points_nowhere_is_refused(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);

        await Refused<ContractException>(
            star,
            new Landing(1).With(
                Stages.Dim,
                new
                {
                    stage_key = 1,
                    stage_id = "s1",
                    board_key = 42,
                }
            ),
            "dim_stage.board_key is 42 in row 1, and dim_board has no such board_key.*Nothing was changed.*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Two_ids_that_land_with_one_key_are_refused(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);

        await Refused<ContractException>(
            star,
            new Landing(1).With(
                Stages.Dim,
                new { stage_key = 1, stage_id = "s1" },
                new { stage_key = 1, stage_id = "s2" }
            ),
            "Key 1 came more than once for dim_stage (ids 's1' and 's2').*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Another_id_for_a_key_that_is_there_is_refused(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));

        await Refused<ContractException>(
            star,
            new Landing(2).With(Stages.Dim, new { stage_key = 1, stage_id = "s2" }),
            "Key 1 of dim_stage stands for two ids (ids 's1' and 's2').*"
        );
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task A_cancelled_load_changes_nothing(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var landing = new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" });
        var changes = await landing.StoreAsync(star.Store);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var load = () => star.Loader.LoadAsync(changes, star.Store, Catalog.Tables, landing.Log, cancelled.Token);

        await load.Should().ThrowAsync<OperationCanceledException>();
        (await star.Loader.LastSequenceAsync(TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Row_files_of_an_older_catalog_leave_the_new_column_empty(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var older = new Table(
            "dim_stage",
            TableKind.Dimension,
            "",
            "$",
            [.. Stages.Dim.Columns.Where(c => c.Name is not ("sequence" or "board_key"))]
        )
        {
            Id = Stages.Dim.Id,
        };

        await star.LoadAsync(
            new Landing(1).With(
                older,
                new
                {
                    stage_key = 1,
                    stage_id = "s1",
                    name = "Saw",
                }
            )
        );

        star.Rows("SELECT name, sequence, board_key FROM dw.dim_stage WHERE stage_key = 1")
            .Should()
            .Equal("Saw|null|-1");
    }

    private static async Task Refused<T>(Star star, Landing landing, string message)
        where T : Exception
    {
        var before = star.Everything();
        var load = () => star.LoadAsync(landing);
        (await load.Should().ThrowAsync<T>()).WithMessage(message);
        star.Everything().Should().Equal(before);
    }
}
