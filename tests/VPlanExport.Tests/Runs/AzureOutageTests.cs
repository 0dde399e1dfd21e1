using System.Diagnostics;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>A store in Azure, or who works there, that dies.</summary>
[Trait("Tier", "platform")]
public class AzureOutageTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    [Theory]
    [InlineData("extract")]
    [InlineData("transform")]
    [InlineData("publish")]
    [InlineData("load")]
    public async Task A_store_that_is_killed_in_a_phase_and_comes_back_only_costs_a_retry_or_a_resume(string phase)
    {
        using var azurite = AzuriteServer.StartOwn();
        await using var house = await (await TestExport.OpenAfterFirstNightAsync()).MovedToAsync(azurite.NewPlace());
        house.World.ChangeSome(10, new Random(3));

        await Task.WhenAny(
            house.RunAsync(
                Nightly,
                tell: happened =>
                {
                    if (happened is not RunEvent.Started started || started.Phase != phase)
                        return;
                    azurite.Kill();
                    _ = Task.Run(async () =>
                    {
                        await Task.Delay(TimeSpan.FromSeconds(2));
                        azurite.Restart();
                    });
                }
            )
        );

        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_store_that_stays_away_ends_the_run_with_6_and_the_next_one_goes_on()
    {
        using var azurite = AzuriteServer.StartOwn();
        await using var house = await (await TestExport.OpenAfterFirstNightAsync()).MovedToAsync(azurite.NewPlace());
        house.World.ChangeSome(10, new Random(3));
        var dying = () =>
            house.RunAsync(
                Nightly,
                tell: happened =>
                {
                    if (happened is RunEvent.Started { Phase: "publish" })
                        azurite.Kill();
                }
            );

        (await dying.Should().ThrowAsync<SinkException>()).WithMessage(
            "Cannot use *cannot be reached*the run continues where it stopped."
        );

        azurite.Restart();
        await house.FullAsync();
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Of_two_processes_one_works_and_after_its_death_the_other_takes_over_once_the_lease_has_expired()
    {
        await using var house = (
            await TestExport.OpenAsync(o =>
                o with
                {
                    Clock = TimeProvider.System,
                    Latency = TimeSpan.FromMilliseconds(400),
                }
            )
        ).At(AzuriteServer.Shared.NewPlace());
        using var first = ExportProcess.Start(house);
        while (house.VPlan.Requests.Count < 2)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        using (var second = ExportProcess.Start(house))
        {
            (await ExportProcess.EndAsync(second))
                .ShouldBe(ExitCode.Locked)
                .Naming($"process {first.Id}", "vplan-export run");
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
}
