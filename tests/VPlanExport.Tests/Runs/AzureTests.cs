using VPlanExport.Lake;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>The lake and the runs in Azure Blob Storage, with Azurite as the server.</summary>
[Trait("Tier", "platform")]
public class AzureTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    [Fact]
    public async Task Nights_of_edits_end_with_both_sinks_equal_to_vPlan()
    {
        await using var house = (await TestExport.OpenAsync()).At(AzuriteServer.Shared.NewPlace());
        for (var night = 0; night < 2; night++)
        {
            await house.NightlyAsync();
            house.World.ChangeSome(5, new Random(night));
        }

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
        Directory
            .Exists(house.In("work"))
            .Should()
            .BeFalse("raw pages, rows, marks and the request count are in the store");
        (await house.Runs.CommittedAsync(CancellationToken.None)).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_run_that_died_after_reading_is_finished_on_another_machine_without_one_request()
    {
        var place = AzuriteServer.Shared.NewPlace("");
        await using var first = (await TestExport.OpenAsync()).At(place);
        (await first.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "transform" }, Nightly))
            .Should()
            .BeTrue();
        await using var second = (await TestExport.OpenAsync()).At(place);

        await using (var runner = await second.OpenRunnerAsync())
            await runner.RunAsync(Nightly, fresh: false, CancellationToken.None);

        second
            .Told.OfType<RunEvent.Info>()
            .Should()
            .ContainSingle(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await second.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_rollback_takes_both_sinks_back_and_the_next_run_goes_on_from_there()
    {
        var (house, target, before) = await RollbackTests.HouseWithFourNightsAsync();
        await using var moved = await house.MovedToAsync(AzuriteServer.Shared.NewPlace());
        await RollbackTests.GoBackAsync(moved, target, before, []);
    }

    [Fact]
    public async Task A_run_whose_lock_was_taken_away_shows_nothing_more()
    {
        await using var house = await (await TestExport.OpenAfterFirstNightAsync()).MovedToAsync(
            AzuriteServer.Shared.NewPlace()
        );
        var before = await house.ManifestAsync();
        house.World.ChangeSome(10, new Random(3));
        var place = (StoreLocation.Blob)house.Settings.Runs.WorkFolder;

        var losing = () =>
            house.RunAsync(
                Nightly,
                tell: happened =>
                {
                    if (happened is RunEvent.Started { Phase: "publish" })
                        AzuriteServer.BreakLease(place, "run.lock");
                }
            );

        (await losing.Should().ThrowAsync<LockedException>()).WithMessage("*run.lock*was lost*");
        (await house.ManifestAsync()).RunId.Should().Be(before.RunId);
        house.Warehouse("SELECT max(sequence) FROM etl.load").Should().Equal($"{before.Sequence}");
        (
            await new VPlanExport.Lake.DeltaLake(
                house.Settings.Lake.Location.Open(house.Clock),
                house.Clock
            ).ReadConsistentSetAsync(TestContext.Current.CancellationToken)
        )!
            .Run.Should()
            .Be(before.RunId);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }
}
