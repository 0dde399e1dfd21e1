using System.Globalization;
using VPlanExport.Runs;
using VPlanExport.Sandbox;

namespace VPlanExport.Benchmarks;

/// <summary>One nightly run, in a process of its own as in life: what the sandbox holds is not in its memory.</summary>
internal static class NightlyRun
{
    /// <param name="ahead">How far the clock is set forward.</param>
    public static Task<Measured> MeasureAsync(
        string folder,
        SandboxServer server,
        SandboxOptions options,
        TimeSpan ahead
    ) =>
        Child.MeasureAsync(
            "nightly",
            folder,
            $"{server.BaseUrl}",
            options.ApiKey,
            options.ApiEnv,
            ahead.ToString("c", CultureInfo.InvariantCulture)
        );

    public static async Task<Work> RunAsync(string folder, string url, string key, string env, string ahead)
    {
        var phases = new PhaseClock();
        await using var runner = await ExportSession.OpenAsync(
            Scratch.SettingsIn(folder, url, key, env),
            "benchmark",
            new ShiftedClock { Ahead = TimeSpan.Parse(ahead, CultureInfo.InvariantCulture) },
            phases.Tell,
            CancellationToken.None
        );
        var runs = await runner.RunAsync(new RunRequest(RunKind.Nightly, []), fresh: false, CancellationToken.None);
        return new Work(phases.Stop(), runs[^1].Entities.ToDictionary(e => e.Entity, e => e.Rows));
    }
}
