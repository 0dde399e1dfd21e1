using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Runs whose warehouse is a SQL Server.</summary>
[Collection(SqlServerPlace.Collection)]
public sealed class SqlServerTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nights_of_edits_end_with_both_sinks_equal_to_vPlan()
    {
        await using var house = (await House.OpenAsync()).At(SqlServerPlace.Empty());
        for (var night = 0; night < 3; night++)
        {
            await house.NightlyAsync();
            house.World.ChangeSome(5, new Random(night));
        }
        var autumn = House.Range("2026-09-01", "2026-10-31");
        await house.Backfills().ApplyAsync(await house.Backfills().PlanAsync(autumn, Token), _ => { }, Token);
        (await house.Backfills().PlanAsync(autumn, Token)).Lines.Should().BeEmpty();

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_run_that_died_at_any_moment_of_its_load_is_finished_by_the_next()
    {
        await using var house = (await House.OpenAsync()).At(SqlServerPlace.Empty());
        await house.NightlyAsync();
        house.World.ChangeSome(10, new Random(3));
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "load" }, Nightly)).Should().BeTrue();

        await house.FullAsync();

        house.Told.OfType<RunEvent.Info>().Should().ContainSingle(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_rollback_takes_both_sinks_back_and_the_next_run_goes_on_from_there()
    {
        await using var house = (await House.OpenAsync()).At(SqlServerPlace.Empty());
        await RollbackTests.GoBackAsync(house, SqlServerPlace.Stamps);
    }

    [Fact]
    public async Task A_database_that_was_lost_is_built_anew_from_what_has_landed()
    {
        var place = SqlServerPlace.Empty();
        await using var house = (await House.OpenAsync()).At(place);
        await house.NightlyAsync();
        house.World.ChangeSome(10, new Random(3));
        await house.NightlyAsync();
        var requests = house.VPlan.Requests.Count;
        place.DropEverything();

        await using (var runner = await house.OpenRunnerAsync())
            await runner.CatchUpAsync(upTo: null, SinkKind.Warehouse, CancellationToken.None);

        house.VPlan.Requests.Should().HaveCount(requests);
        await house.BothSinksEqualVPlanAsync();
    }
}
