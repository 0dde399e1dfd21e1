using System.Globalization;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>The program in a process of its own, killed where its run stands at a named point: the next one leaves both sinks equal to vPlan.</summary>
[Trait("Tier", "platform")]
public sealed class KilledRunTests
{
    private const string Soak = "VPLAN_TEST_SOAK_MINUTES";

    /// <summary>Files in the order in which a run leaves them.</summary>
    private static readonly string[] Points =
    [
        "work/runs/RUN/plan.json",
        "work/runs/RUN/raw/card/page-000002.json.gz",
        "work/runs/RUN/extracted.json",
        "work/runs/RUN/transformed.json",
        "lake/dim_card/_delta_log/VERSION.json",
        "work/runs/RUN/published.json",
        "work/runs/RUN/loaded.json",
        "work/runs/RUN/manifest.json",
    ];

    [Fact]
    public async Task Killed_at_each_point_of_its_life_the_next_run_leaves_both_sinks_equal_to_vplan()
    {
        await using var house = await TestExport.OpenAsync(o => o with { Clock = TimeProvider.System });
        var story = new Transcript(house, "killed-at-each-point") { WithoutRows = true };
        var random = new Random(21);
        story.Show("run", ExitCode.Ok, await ExportProcess.RunAsync(house));
        foreach (var point in Points)
        {
            house.World.ChangeSome(10, random);
            await KillAtAsync(house, point);
            story.Say($"vplan-export run --full is killed when there is {point}.");

            story.Show("run --full", ExitCode.Ok, await ExportProcess.RunAsync(house, "--full"));

            await house.BothSinksEqualVPlanAsync();
        }
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task Killed_at_random_for_as_long_as_one_likes_both_sinks_equal_vplan_each_time()
    {
        Assert.SkipUnless(
            int.TryParse(
                Environment.GetEnvironmentVariable(Soak),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var minutes
            ),
            $"{Soak} does not say for how many minutes."
        );
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                Clock = TimeProvider.System,
                Latency = TimeSpan.FromMilliseconds(5),
            }
        );
        var random = new Random(22);
        for (var end = TimeProvider.System.GetUtcNow().AddMinutes(minutes); TimeProvider.System.GetUtcNow() < end; )
        {
            house.World.ChangeSome(10, random);
            using (var process = ExportProcess.Start(house, random.Next(2) == 0 ? "--full" : "--log-format=json"))
            {
                await Task.Delay(random.Next(200, 4000), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            await ExportProcess.RunAsync(house, "--full");
            await house.BothSinksEqualVPlanAsync();
        }
    }

    private static async Task KillAtAsync(TestExport house, string point)
    {
        var (runs, version) = (
            house.In("work/runs"),
            Directory.GetFiles(house.In("lake/dim_card/_delta_log"), "*.json").Length
        );
        var before = Directory.GetDirectories(runs).ToHashSet();
        using var process = ExportProcess.Start(house, "--full");
        var isThere = false;
        while (!isThere && !process.HasExited)
        {
            isThere =
                Directory.GetDirectories(runs).FirstOrDefault(run => !before.Contains(run)) is { } run
                && File.Exists(
                    house.In(
                        point
                            .Replace("RUN", Path.GetFileName(run), StringComparison.Ordinal)
                            .Replace("VERSION", $"{version:D20}", StringComparison.Ordinal)
                    )
                );
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        process.Kill();
        var outcome = await ExportProcess.EndAsync(process);
        isThere.Should().BeTrue($"a run comes to {point}:\n{outcome.Output}{outcome.Errors}");
    }
}
