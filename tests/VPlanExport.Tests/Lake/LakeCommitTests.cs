using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Storage;
using static VPlanExport.Tests.Lake.LakeFixture;
using LakeOfTables = VPlanExport.Lake.DeltaLake;

namespace VPlanExport.Tests.Lake;

[Trait("Tier", "unit")]
public sealed class LakeCommitTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Of_two_writers_of_one_run_both_end_and_the_run_is_applied_once()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var change = await _lake.ChangeAsync(Cards, Card(2, "two"));
        var versions = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => _lake.PublishAsync(2, change)))
        );
        versions.Select(v => v["dim_card"]).Should().OnlyContain(v => v == 1);
        StrictDelta.Rows(Folder(Cards)).Should().HaveCount(2);
        _lake.DataFiles(Cards).Should().HaveCount(2, "the losers take their files away");
    }

    [Fact]
    public async Task A_writer_that_loses_merges_again_with_the_winners_rows()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one"), Card(9, "nine")));
        var (winning, losing) = (
            await _lake.ChangeAsync(Cards, Card(1, "first"), Card(2, "first")),
            await _lake.ChangeAsync(Cards, Card(2, "second"), Card(3, "second"))
        );
        var interrupted = new InterruptedStore(_lake.Store) { BeforeCommit = () => _lake.PublishAsync(2, winning) };
        await new LakeOfTables(interrupted, _lake.Clock).PublishAsync(
            Set(3, losing),
            _lake.Runs,
            [Cards],
            TestContext.Current.CancellationToken
        );
        (await _lake.RowsAsync(Cards))
            .Select(r => $"{r.Key} {r.Value[2]}")
            .Should()
            .Equal("1 first", "2 second", "3 second", "9 nine");
        StrictDelta.Rows(Folder(Cards)).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_lake_that_was_open_while_another_wrote_goes_on_from_what_that_one_wrote()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one"), Card(2, "two")));
        var other = new LakeOfTables(_lake.Store, _lake.Clock);
        await other.PublishAsync(
            Set(2, await _lake.ChangeAsync(Cards, Card(2, "TWO"), Card(3, "three"))),
            _lake.Runs,
            [Cards],
            TestContext.Current.CancellationToken
        );

        (await _lake.PublishAsync(3, await _lake.ChangeAsync(Cards, Card(1, "ONE"))))["dim_card"].Should().Be(2);

        (await _lake.RowsAsync(Cards)).Select(r => $"{r.Key} {r.Value[2]}").Should().Equal("1 ONE", "2 TWO", "3 three");
    }

    [Fact]
    public async Task A_commit_that_fails_is_looked_for_in_the_log_by_the_next_one()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var change = await _lake.ChangeAsync(Cards, Card(2, "two"));
        var unsure = new LakeOfTables(
            new InterruptedStore(_lake.Store)
            {
                BeforeCommit = async () =>
                {
                    await new LakeOfTables(_lake.Store, _lake.Clock).PublishAsync(
                        Set(2, change),
                        _lake.Runs,
                        [Cards],
                        TestContext.Current.CancellationToken
                    );
                    throw new SinkException("the answer was lost");
                },
            },
            _lake.Clock
        );
        var publish = () =>
            unsure.PublishAsync(Set(2, change), _lake.Runs, [Cards], TestContext.Current.CancellationToken);
        await publish.Should().ThrowAsync<SinkException>();

        (await publish())["dim_card"].Should().Be(1);

        (await _lake.RowsAsync(Cards)).Keys.Should().Equal(1, 2);
        (await unsure.LastAppliedAsync(Cards, TestContext.Current.CancellationToken)).Should().Be(2);
    }

    [Fact]
    public async Task Vacuum_keeps_what_another_program_has_committed_since_the_log_was_read()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        var other = new LakeOfTables(_lake.Store, _lake.Clock);
        await other.RestoreAsync("run-1", 1, [Cards], TestContext.Current.CancellationToken);
        _lake.Clock.Advance(TimeSpan.FromMinutes(1));

        await _lake.Lake.VacuumAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

        (await _lake.RowsAsync(Cards))[1][2].Should().Be("one");
    }

    [Fact]
    public async Task A_commit_of_another_program_that_changes_no_rows_costs_only_the_next_number()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var interrupted = new InterruptedStore(_lake.Store)
        {
            BeforeCommit = () =>
                File.WriteAllTextAsync(_lake.LogFile(Cards, 1), """{"txn":{"appId":"other","version":7}}""" + "\n"),
        };
        var versions = await new LakeOfTables(interrupted, _lake.Clock).PublishAsync(
            Set(2, await _lake.ChangeAsync(Cards, Card(2, "two"))),
            _lake.Runs,
            [Cards],
            TestContext.Current.CancellationToken
        );
        versions["dim_card"].Should().Be(2);
        StrictDelta
            .Read(Folder(Cards))
            .Transactions.Should()
            .Equal(new Dictionary<string, long> { ["vplan-export"] = 2, ["other"] = 7 });
    }

    [Fact]
    public async Task A_death_between_the_data_and_the_commit_leaves_harmless_orphans()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var change = await _lake.ChangeAsync(Cards, Card(2, "two"));
        var dying = new LakeOfTables(
            new InterruptedStore(_lake.Store) { BeforeCommit = () => throw new OperationCanceledException("killed") },
            _lake.Clock
        );
        var publish = () =>
            dying.PublishAsync(Set(2, change), _lake.Runs, [Cards], TestContext.Current.CancellationToken);
        await publish.Should().ThrowAsync<OperationCanceledException>();
        _lake.DataFiles(Cards).Should().HaveCount(2);
        StrictDelta.Rows(Folder(Cards)).Should().ContainSingle();
        await _lake.PublishAsync(2, change);
        StrictDelta.Rows(Folder(Cards)).Should().HaveCount(2);
        _lake.Clock.Advance(TimeSpan.FromDays(2));
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        _lake.DataFiles(Cards).Should().HaveCount(2, "the first version's and the current one's; the orphan is gone");
        (await _lake.RowsAsync(Cards, 0)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_lost_rows_on_its_way_is_not_committed()
    {
        var change = await _lake.ChangeAsync(Cards, Card(1, "one"));
        var lying = change with { Files = [change.Files[0] with { Rows = 2 }] };
        var publish = () => _lake.PublishAsync(1, lying);
        (await publish.Should().ThrowAsync<SinkException>()).WithMessage("*holds 1 rows instead of 2*");
        File.Exists(_lake.LogFile(Cards, 0)).Should().BeFalse();
    }

    [Fact]
    public async Task Readers_of_the_version_before_are_not_disturbed_until_vacuum()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        (await _lake.RowsAsync(Cards, 0))[1][2].Should().Be("one");
        (await _lake.RowsAsync(Cards, 1))[1][2].Should().Be("two");
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        (await _lake.RowsAsync(Cards, 0))[1][2].Should().Be("one", "the window is seven days");
        _lake.Clock.Advance(TimeSpan.FromDays(8));
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        _lake.DataFiles(Cards).Should().ContainSingle();
        StrictDelta.Rows(Folder(Cards)).Should().ContainSingle();
        var read = () => _lake.RowsAsync(Cards, 0);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*dim_card/part-*not in*load --all*");
    }

    [Fact]
    public async Task Vacuum_keeps_the_versions_that_the_consistent_set_names()
    {
        var versions = await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.Lake.PutConsistentSetAsync("run-1", 1, versions, TestContext.Current.CancellationToken);
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        _lake.Clock.Advance(TimeSpan.FromDays(20));
        await _lake.Lake.VacuumAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        var set = await _lake.Lake.ReadConsistentSetAsync(TestContext.Current.CancellationToken);
        set!.Run.Should().Be("run-1");
        (await _lake.RowsAsync(Cards, set.Versions["dim_card"]))[1][2].Should().Be("one");
    }

    [Fact]
    public async Task An_added_column_is_declared_in_the_same_commit_and_a_key_is_never_null_in_older_rows()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var grown = TableBuilder
            .Dimension("dim_card", "card", "One row per card.")
            .Text("name", 200, "Name.")
            .Text("email", 100, "Address.", personal: true)
            .Decimal("hours", 9, 4, "Hours.")
            .Timestamp("completed_at", "Done.")
            .Ref("board_key", "dim_board", "board", "board_id", "Board.")
            .Text("color", 20, "Colour.")
            .Build();
        await _lake.Lake.CheckWritableAsync([grown], TestContext.Current.CancellationToken);
        var change = await _lake.ChangeAsync(grown, [2L, "id-2", "two", null, null, null, 7L, "red", false, false]);
        await _lake.Lake.PublishAsync(
            Set(2, await _lake.ChangeAsync(grown)),
            _lake.Runs,
            [grown],
            TestContext.Current.CancellationToken
        );
        StrictDelta
            .Rows(Folder(Cards))
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("1|id-1|one|-|1.5000|-|-1|-|");
        await _lake.Lake.PublishAsync(Set(3, change), _lake.Runs, [grown], TestContext.Current.CancellationToken);
        var (board, colour) = (grown.Ordinal("board_key"), grown.Ordinal("color"));
        (await _lake.RowsAsync(grown))
            .Values.Select(r => (r[2], r[board], r[colour]))
            .Should()
            .Equal(("one", -1L, null), ("two", 7L, "red"));
        (await _lake.RowsAsync(Cards, 0)).Should().ContainSingle("the old version is read by the old declaration");
    }

    [Fact]
    public async Task A_column_that_changes_its_type_is_refused_before_anything_is_written()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var changed = TableBuilder
            .Dimension("dim_card", "card", "One row per card.")
            .Int32("name", "A number now.")
            .Build();
        var check = () => _lake.Lake.CheckWritableAsync([changed], TestContext.Current.CancellationToken);
        (await check.Should().ThrowAsync<SinkException>()).WithMessage(
            "*dim_card: column name is string in the lake and declared as integer*load --all*"
        );
    }

    [Fact]
    public async Task A_lake_that_cannot_be_written_is_found_before_the_run()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_lake.Runs.Location + "-file"),
            "a file",
            TestContext.Current.CancellationToken
        );
        var check = () =>
            new LakeOfTables(new FolderStore(_lake.Runs.Location + "-file/lake"), _lake.Clock).CheckWritableAsync(
                tables: null,
                cancellationToken: TestContext.Current.CancellationToken
            );
        (await check.Should().ThrowAsync<SinkException>()).Which.ExitCode.Should().Be(ExitCode.Sink);
        await _lake.Lake.CheckWritableAsync(tables: null, TestContext.Current.CancellationToken);
        (await _lake.Store.ListAsync("", TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    private string Folder(Table table) => Path.Combine(_lake.LakeFolder, table.Name);
}
