using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Lake;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.DuckDb;
using static VPlanExport.Tests.Runs.RollbackTests;

namespace VPlanExport.Tests.Runs;

/// <summary>Rollbacks that cannot go on, that died, and whose sinks or files are lost or damaged.</summary>
[Trait("Tier", "scenario")]
public sealed class RollbackFaultTests
{
    [Fact]
    public async Task A_right_that_a_rollback_lacks_is_named_before_anything_is_taken_back()
    {
        var (house, target, _) = await HouseWithFourNightsAsync();
        await using var closed = house;
        var before = State.Of(house);

        var going = () =>
            Rollback(house, nameof(IWarehouse.EnsureRestorableAsync)).ToAsync(target.RunId, CancellationToken.None);

        await going
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("*sql/sqlserver/schema/grants.sql*GRANT DELETE ON SCHEMA::[dw] TO [u]*");
        State.Of(house).ShouldBe(before);
        (await VPlanExport.Runs.Rollback.PendingAsync(house.Runs.Store, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task A_rollback_that_cannot_go_on_says_at_every_start_what_would_let_it()
    {
        var (house, target, _) = await HouseWithFourNightsAsync();
        await using var closed = house;
        var denied = Rollback(house, nameof(IWarehouse.RestoreAsync));
        var expected =
            $"The rollback to run {target.RunId} is not finished*sql/sqlserver/schema/grants.sql*GRANT DELETE ON SCHEMA::[dw] TO [u]*";

        await denied
            .Awaiting(r => r.ToAsync(target.RunId, CancellationToken.None))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage(expected);
        await denied
            .Awaiting(r => r.FinishPendingAsync(CancellationToken.None))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage(expected);

        await house.SweepAsync();
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.StartsWith("Going on with the rollback", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>One whose warehouse denies a right.</summary>
    private static Rollback Rollback(TestExport house, string denied)
    {
        var warehouse = DenyingWarehouse.Of(
            new DuckDbWarehouse(house.Settings.Warehouse.ConnectionString, house.Clock),
            denied
        );
        var sinks = new Sinks(new DeltaLake(house.Settings.Lake.Location.Open(house.Clock), house.Clock), warehouse);
        return new Rollback(
            house.Runs,
            sinks,
            house.Settings.Lake.Retention,
            (_, _) => Task.CompletedTask,
            house.Clock,
            _ => { }
        );
    }

    /// <param name="point">How many steps were done: the intent, ten tables of the lake, the lake, the warehouse.</param>
    [Theory]
    [InlineData(0, "run")]
    [InlineData(1, "run")]
    [InlineData(2, "load")]
    [InlineData(3, "run")]
    public async Task A_rollback_that_died_at_any_step_is_finished_by_the_next_command(int point, string command)
    {
        var (house, target, before) = await HouseWithFourNightsAsync();
        await using var closed = house;
        await DieAsync(house, target, steps: Math.Max(point, 1));
        if (point == 1)
        {
            await using var sinks = Sinks.Open(house.Settings, house.Clock);
            await sinks.Lake.RestoreAsync(
                target.RunId,
                target.Sequence,
                [.. Catalog.Tables.Take(10)],
                CancellationToken.None
            );
        }

        if (command == "load")
        {
            await using (var runner = await house.OpenRunnerAsync())
                (await runner.CatchUpAsync(null, null, CancellationToken.None)).Should().BeEmpty();
            State.Of(house).ShouldBe(before);
        }
        else
        {
            await house.SweepAsync();
            await house.BothSinksEqualVPlanAsync();
        }

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .ContainSingle(i =>
                i.Message == $"Going on with the rollback to run {target.RunId}, which was interrupted."
            );
        (await house.Runs.InPhaseAsync(p => p == RunPhase.RolledBack, CancellationToken.None)).Should().HaveCount(2);
        File.Exists(house.In("work/rollback.json")).Should().BeFalse();
    }

    [Theory]
    [InlineData("warehouse.duckdb", 0)]
    [InlineData("lake", 0)]
    [InlineData("lake/dim_card", 2)]
    public async Task A_sink_that_was_lost_before_or_meanwhile_is_built_up_to_the_run(string lost, int steps)
    {
        var (house, target, before) = await HouseWithFourNightsAsync();
        await using var closed = house;
        if (steps > 0)
            await DieAsync(house, target, steps);
        house.Remove(lost);

        await RollBackAsync(house, target);

        await house.SinksAgreeAsync();
        State.Of(house).Star.Should().Equal(before.Star);
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_run_whose_files_vacuum_has_removed_is_refused_with_those_that_are_left()
    {
        await using var house = await HouseWithTwoNightsAsync();
        var old = (await house.AllRunsAsync())[^1];
        house.Clock.Advance(TimeSpan.FromDays(1));
        await TwoMoreNightsAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(8));
        await house.NightlyAsync();
        await house.NightlyAsync();
        var (left, before) = ((await house.AllRunsAsync()).Select(r => r.RunId).ToList()[^3..], Files(house));

        await FluentActions
            .Awaiting(() => RollBackAsync(house, old))
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage(
                $"There is no way back to run {old.RunId}: the lake no longer holds * as it was then (Lake:RetentionDays is 7). Nothing was changed. Runs to go back to: {string.Join(", ", left)}. To go back further, move the lake and the warehouse away*"
            );

        Files(house).Should().Equal(before);
        house.Remove("lake");
        house.Remove("warehouse.duckdb");
        await RollBackAsync(house, old);
        await house.SinksAgreeAsync();
        house.Warehouse("SELECT max(sequence) FROM etl.load").Should().Equal($"{old.Sequence}");
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_lost_sink_is_not_built_from_runs_that_do_not_hold_everything()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.NightlyAsync();
        await house.FullAsync();
        var (first, second) = ((await house.AllRunsAsync())[0], (await house.AllRunsAsync())[1]);
        Directory.Delete(first.Store.Location, recursive: true);
        house.Remove("warehouse.duckdb");

        await FluentActions
            .Awaiting(() => RollBackAsync(house, second))
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage(
                $"There is no way back to run {second.RunId}: the lake or the warehouse does not hold what it held then*do not begin with one that read everything. Nothing was changed. Runs to go back to: {(await house.AllRunsAsync())[^1].RunId}."
            );
    }

    [Theory]
    [InlineData("the lake")]
    [InlineData("manifest.json")]
    public async Task A_damaged_file_of_the_run_is_named_before_anything_is_touched(string of)
    {
        await using var house = await TestExport.OpenAsync();
        await TwoNightsAsync(house);
        var target = (await house.AllRunsAsync())[^1];
        var file =
            of == "the lake"
                ? Path.Combine(
                    house.In("lake/dim_card"),
                    StrictDelta.Read(house.In("lake/dim_card")).Files.Keys.First()
                )
                : Path.Combine(target.Store.Location, of);
        await TwoMoreNightsAsync(house);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var before = Files(house);

        await FluentActions
            .Awaiting(() => RollBackAsync(house, target))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage($"*/{Path.GetFileName(file)}*damaged*");

        Files(house).Should().Equal(before);
    }

    [Fact]
    public async Task A_run_that_is_not_there_or_was_undone_is_refused_with_those_that_are()
    {
        await using var house = await HouseWithTwoNightsAsync();
        var runs = await house.AllRunsAsync();
        await RollBackAsync(house, runs[0]);

        foreach (var wrong in new[] { "20200101T000000Z-1", runs[1].RunId })
        {
            await using var runner = await house.OpenRunnerAsync();
            await runner
                .Awaiting(r => r.RollbackAsync(wrong, CancellationToken.None))
                .Should()
                .ThrowAsync<ConfigurationException>()
                .WithMessage($"There is no committed run '{wrong}' in *. Runs to go back to: {runs[0].RunId}.");
        }
    }

    [Fact]
    public async Task An_interrupted_rollback_whose_run_is_gone_says_so_and_how_to_give_it_up()
    {
        var (house, target, _) = await HouseWithFourNightsAsync();
        await using var closed = house;
        await DieAsync(house, target, steps: 2);
        Directory.Delete(target.Store.Location, recursive: true);

        await FluentActions
            .Awaiting(() => house.NightlyAsync())
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage(
                $"The rollback to run {target.RunId}*Put its folder back. To give the rollback up, delete the file*"
            );

        File.Delete(house.In("work/rollback.json"));
        house.Remove("lake");
        house.Remove("warehouse.duckdb");
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }
}
