using System.Diagnostics;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>The lake and the runs in Azure Blob Storage, with Azurite as the server.</summary>
public class AzureTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    [Fact]
    public async Task Nights_of_edits_end_with_both_sinks_equal_to_vPlan()
    {
        await using var house = (await House.OpenAsync()).At(AzuriteServer.Shared.NewPlace());
        for (var night = 0; night < 3; night++)
        {
            await house.NightlyAsync();
            house.World.ChangeSome(5, new Random(night));
        }

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
        Directory.Exists(house.In("work")).Should().BeFalse("raw pages, rows, marks and the request count are in the store");
        (await house.Runs.CommittedAsync(CancellationToken.None)).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_run_that_died_after_reading_is_finished_on_another_machine_without_one_request()
    {
        var place = AzuriteServer.Shared.NewPlace("");
        await using var first = (await House.OpenAsync()).At(place);
        (await first.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "transform" }, Nightly)).Should().BeTrue();
        await using var second = (await House.OpenAsync()).At(place);

        await using (var runner = await second.OpenRunnerAsync())
            await runner.RunAsync(Nightly, fresh: false, CancellationToken.None);

        second.Told.OfType<RunEvent.Info>().Should().ContainSingle(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await second.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData("extract")]
    [InlineData("transform")]
    [InlineData("publish")]
    [InlineData("load")]
    public async Task A_store_that_is_killed_in_a_phase_and_comes_back_only_costs_a_retry_or_a_resume(string phase)
    {
        using var azurite = AzuriteServer.StartOwn();
        await using var house = (await House.OpenAsync()).At(azurite.NewPlace());
        await house.NightlyAsync();
        house.World.ChangeSome(10, new Random(3));

        await Task.WhenAny(house.RunAsync(Nightly, tell: happened =>
        {
            if (happened is not RunEvent.Started started || started.Phase != phase)
                return;
            azurite.Kill();
            _ = Task.Run(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2));
                azurite.Restart();
            });
        }));

        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_store_that_stays_away_ends_the_run_with_6_and_the_next_one_goes_on()
    {
        using var azurite = AzuriteServer.StartOwn();
        await using var house = (await House.OpenAsync()).At(azurite.NewPlace());
        var dying = () => house.RunAsync(Nightly, tell: happened =>
        {
            if (happened is RunEvent.Started { Phase: "publish" })
                azurite.Kill();
        });

        (await dying.Should().ThrowAsync<SinkException>()).WithMessage("Cannot use *cannot be reached*the run continues where it stopped.");

        azurite.Restart();
        await house.FullAsync();
        house.Told.OfType<RunEvent.Info>().Should().Contain(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Of_two_processes_one_works_and_after_its_death_the_other_takes_over_once_the_lease_has_expired()
    {
        await using var house = (await House.OpenAsync(o => o with { Clock = TimeProvider.System, Latency = TimeSpan.FromMilliseconds(400) })).At(AzuriteServer.Shared.NewPlace());
        using var first = ExportProcess.Start(house);
        while (house.VPlan.Requests.Count < 2)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        using (var second = ExportProcess.Start(house))
        {
            (await ExportProcess.EndAsync(second)).ShouldBe(ExitCode.Locked).Naming($"process {first.Id}", "vplan-export run");
        }
        first.Kill();
        var dead = Stopwatch.StartNew();
        while (true)
        {
            using var next = ExportProcess.Start(house);
            var outcome = await ExportProcess.EndAsync(next);
            if (outcome.Code == 0)
                break;
            outcome.ShouldBe(ExitCode.Locked);
            dead.Elapsed.Should().BeLessThan(BlobLease.Duration * 2, "a lease that nobody renews expires");
            await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        }

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_run_whose_lock_was_taken_away_shows_nothing_more()
    {
        await using var house = (await House.OpenAsync()).At(AzuriteServer.Shared.NewPlace());
        await house.NightlyAsync();
        var before = await house.ManifestAsync();
        house.World.ChangeSome(10, new Random(3));
        var place = (StoreLocation.Blob)house.Settings.Runs.WorkFolder;

        var losing = () => house.RunAsync(Nightly, tell: happened =>
        {
            if (happened is RunEvent.Started { Phase: "publish" })
                AzuriteServer.BreakLease(place, "run.lock");
        });

        (await losing.Should().ThrowAsync<LockedException>()).WithMessage("*run.lock*was lost*");
        (await house.ManifestAsync()).RunId.Should().Be(before.RunId);
        house.Warehouse("SELECT max(sequence) FROM etl.load").Should().Equal($"{before.Sequence}");
        (await new VPlanExport.Loaders.Lake.Lake(house.Settings.Lake.Location.Open(house.Clock), house.Clock).ReadConsistentSetAsync(TestContext.Current.CancellationToken))!.Run.Should().Be(before.RunId);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }
}
