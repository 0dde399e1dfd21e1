using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Benchmarks;

/// <summary>Nights in which nothing changed: what goes to the store and to the warehouse, and the time.</summary>
internal static class Quiet
{
    private const int Nights = 5;

    public static async Task<int> RunAsync(SandboxSize size)
    {
        var clock = new ShiftedClock();
        var options = new SandboxOptions { Size = size, Clock = clock };
        await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
        using var scratch = new Scratch();
        var settings = Scratch.SettingsIn(scratch.Folder, $"{server.BaseUrl}", options.ApiKey, options.ApiEnv);
        var lines = new List<string[]> { await RunAsync("first", scratch, settings, clock) };
        for (var night = 1; night <= Nights; night++)
            lines.Add(await RunAsync($"quiet {night}", scratch, settings, clock));
        TextTable.Write(
            Console.Out,
            [
                "night",
                ">seconds",
                ">CPU s",
                ">lake requests",
                ">work requests",
                ">statements",
                ">sessions",
                "phases: seconds (CPU seconds)",
            ],
            lines
        );
        return 0;
    }

    private static async Task<string[]> RunAsync(string night, Scratch scratch, Settings settings, ShiftedClock clock)
    {
        clock.Ahead += TimeSpan.FromHours(1);
        var (lake, work) = (new CountedPlace(settings.Lake.Location), new CountedPlace(settings.Runs.WorkFolder));
        settings = settings with
        {
            Lake = settings.Lake with { Location = lake },
            Runs = settings.Runs with { WorkFolder = work },
        };
        using var asked = new MeteredWarehouse(Path.Combine(scratch.Folder, "warehouse.duckdb"));
        var phases = new PhaseClock();
        var cpu = Environment.CpuUsage.TotalTime;
        var began = clock.GetTimestamp();
        await using (
            var session = await ExportSession.OpenAsync(
                settings,
                "quiet benchmark",
                clock,
                phases.Tell,
                CancellationToken.None
            )
        )
            await session.RunAsync(new RunRequest(RunKind.Nightly, []), fresh: false, CancellationToken.None);
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        return
        [
            night,
            $"{seconds:0.0}",
            $"{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0}",
            $"{lake.Requests.Count}",
            $"{work.Requests.Count}",
            $"{asked.Statements}",
            $"{asked.Sessions}",
            string.Join(", ", phases.Stop().Select(p => $"{p.Key} {p.Value.Seconds:0.0} ({p.Value.CpuSeconds:0.0})")),
        ];
    }
}
