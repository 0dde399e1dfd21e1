using System.Text.Json.Nodes;
using VPlanExport.Lake;
using VPlanExport.Model;
using static VPlanExport.Tests.Lake.LakeFixture;
using LakeOfTables = VPlanExport.Lake.DeltaLake;

namespace VPlanExport.Tests.Lake;

/// <summary>Tables become what they were after an earlier run.</summary>
[Trait("Tier", "unit")]
public sealed class LakeRestoreTests : IDisposable
{
    private static readonly Table[] All = [Cards, Jobs, Steps, Values, Entries];
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_table_is_restored_in_one_commit_and_what_was_undone_can_still_be_read_at_its_version()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(
                Entries,
                Entry(1, new DateOnly(2026, 9, 1), 10),
                Entry(2, new DateOnly(2026, 10, 1), 20)
            )
        );
        var before = StrictDelta.Read(Folder(Entries));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Entries, Entry(2, new DateOnly(2026, 10, 1), 25)));
        await _lake.PublishAsync(
            3,
            await _lake.ChangeAsync(Entries, Entry(1, new DateOnly(2026, 9, 1), 15), Entry(3, null, 30))
        );

        (await RestoreAsync(1)).Should().Equal(new Dictionary<string, long> { ["fact_time_entry"] = 3 });

        var after = StrictDelta.Read(Folder(Entries));
        after.Transactions.Should().Equal(new Dictionary<string, long> { ["vplan-export"] = 1 });
        after
            .Files.Select(f => f.Value.ToJsonString())
            .Should()
            .Equal(before.Files.Select(f => f.Value.ToJsonString()));
        Commit(Entries, 3)["commitInfo"]!["operation"]!.GetValue<string>().Should().Be("RESTORE");
        Commit(Entries, 3)["commitInfo"]!["operationParameters"]!
            .ToJsonString()
            .Should()
            .Be("""{"run":"run-1","version":"0"}""");
        (await _lake.RowsAsync(Entries, 2)).Should().HaveCount(3);
        (await _lake.RowsAsync(Entries, 1))[2][4].Should().Be(25L);
        await RestoreAsync(1);
        File.Exists(_lake.LogFile(Entries, 4)).Should().BeFalse("it is what it was");
    }

    [Fact]
    public async Task A_table_that_no_later_run_has_changed_gets_no_commit_and_one_that_was_not_there_becomes_empty()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Jobs, Job(1)));

        (await RestoreAsync(1))
            .Should()
            .BeEquivalentTo(new Dictionary<string, long> { ["dim_card"] = 0, ["dim_collection"] = 1 });

        StrictDelta.Rows(Folder(Cards)).Should().ContainSingle();
        StrictDelta.Rows(Folder(Jobs)).Should().BeEmpty();
        await _lake.PublishAsync(3, await _lake.ChangeAsync(Jobs, Job(2)));
        StrictDelta.Rows(Folder(Jobs)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_checkpoint_that_a_restore_writes_is_the_restored_table()
    {
        for (var night = 1; night <= 10; night++)
            await _lake.PublishAsync(night, await _lake.ChangeAsync(Cards, Card(night, $"night {night}")));

        (await RestoreAsync(4))["dim_card"].Should().Be(10);

        File.Exists(_lake.LogFile(Cards, 10, ".checkpoint.parquet")).Should().BeTrue();
        for (var version = 0; version <= 10; version++)
            File.Delete(_lake.LogFile(Cards, version));
        (await _lake.RowsAsync(Cards)).Keys.Should().Equal(1, 2, 3, 4);
        await _lake.PublishAsync(11, await _lake.ChangeAsync(Cards, Card(11, "on from there")));
        (await _lake.RowsAsync(Cards)).Keys.Should().Equal(1, 2, 3, 4, 11);
    }

    [Fact]
    public async Task What_another_program_did_after_the_run_and_before_the_next_is_kept()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await File.WriteAllTextAsync(
            _lake.LogFile(Cards, 1),
            """{"txn":{"appId":"other","version":7}}""" + "\n",
            TestContext.Current.CancellationToken
        );
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        await File.WriteAllTextAsync(
            _lake.LogFile(Cards, 3),
            """{"txn":{"appId":"other","version":8}}""" + "\n",
            TestContext.Current.CancellationToken
        );

        await RestoreAsync(1);

        Commit(Cards, 4)["commitInfo"]!["operationParameters"]!["version"]!.GetValue<string>().Should().Be("1");
        (await _lake.RowsAsync(Cards))[1][2].Should().Be("one");
        StrictDelta
            .Read(Folder(Cards))
            .Transactions.Should()
            .Equal(new Dictionary<string, long> { ["vplan-export"] = 1, ["other"] = 8 });
    }

    [Fact]
    public async Task A_column_that_was_added_since_goes_and_comes_again()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Jobs, Job(1)));
        var schema = (string)StrictDelta.Read(Folder(Jobs)).MetaData["schemaString"]!;
        var grown = TableBuilder
            .Dimension("dim_collection", "collection", "One row per job.")
            .Text("color", 20, "Colour.")
            .Build();
        Task PublishAsync(long sequence) => PublishGrownAsync(grown, sequence);
        await PublishAsync(2);

        await RestoreAsync(1);

        ((string)StrictDelta.Read(Folder(Jobs)).MetaData["schemaString"]!).Should().Be(schema);
        StrictDelta.Rows(Folder(Jobs)).Should().ContainSingle();
        await PublishAsync(3);
        (await _lake.RowsAsync(grown)).Values.Select(r => r[grown.Ordinal("color")]).Should().Equal([null, "red"]);
    }

    [Fact]
    public async Task Of_two_who_restore_at_once_one_commits()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        var late = new LakeOfTables(
            new InterruptedStore(_lake.Store) { BeforeCommit = () => RestoreAsync(1) },
            _lake.Clock
        );

        (await late.RestoreAsync("run-1", 1, All, TestContext.Current.CancellationToken))["dim_card"].Should().Be(2);

        (await _lake.RowsAsync(Cards))[1][2].Should().Be("one");
        File.Exists(_lake.LogFile(Cards, 3)).Should().BeFalse();
    }

    [Fact]
    public async Task Vacuum_keeps_what_came_back_and_removes_what_was_undone_when_its_time_has_come()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var file = _lake.DataFiles(Cards).Single();
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        _lake.Clock.Advance(TimeSpan.FromDays(6));
        await RestoreAsync(1);
        _lake.Clock.Advance(TimeSpan.FromDays(6));
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        _lake.DataFiles(Cards).Should().HaveCount(2);

        _lake.Clock.Advance(TimeSpan.FromDays(2));
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);

        _lake.DataFiles(Cards).Should().Equal(file);
    }

    [Theory]
    [InlineData(8, "a file")]
    [InlineData(31, "the log")]
    public async Task A_run_of_which_vacuum_has_removed_something_is_lost_and_nothing_is_changed(int days, string what)
    {
        for (var night = 1; night <= 12; night++)
            await _lake.PublishAsync(night, await _lake.ChangeAsync(Cards, Card(1, $"night {night}")));
        _lake.Clock.Advance(TimeSpan.FromDays(days));
        (await _lake.Lake.LostAsync(3, All, TestContext.Current.CancellationToken)).Should().BeNull();
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        File.Exists(_lake.LogFile(Cards, 2)).Should().Be(what == "a file");

        (await _lake.Lake.LostAsync(3, All, TestContext.Current.CancellationToken)).Should().Be(Cards);
        await FluentActions
            .Awaiting(() => RestoreAsync(3))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("Table dim_card in * is no longer there as run run-3 left it. Delete the folder 'dim_card'*");

        File.Exists(_lake.LogFile(Cards, 12)).Should().BeFalse();
        (await _lake.Lake.LostAsync(12, All, TestContext.Current.CancellationToken)).Should().BeNull();
    }

    private Task<IReadOnlyDictionary<string, long>> RestoreAsync(long sequence) =>
        _lake.Lake.RestoreAsync($"run-{sequence}", sequence, All, TestContext.Current.CancellationToken);

    private async Task PublishGrownAsync(Table grown, long sequence) =>
        await _lake.Lake.PublishAsync(
            Set(sequence, await _lake.ChangeAsync(grown, [2L, "id-2", "red", false, false, null, null, Night, "r"])),
            _lake.Runs,
            [grown],
            TestContext.Current.CancellationToken
        );

    private JsonObject Commit(Table table, long version) =>
        JsonNode.Parse(File.ReadLines(_lake.LogFile(table, version)).First())!.AsObject();

    private string Folder(Table table) => Path.Combine(_lake.LakeFolder, table.Name);
}
