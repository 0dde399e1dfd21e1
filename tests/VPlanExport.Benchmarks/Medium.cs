using VPlanExport.Runs;
using VPlanExport.Sandbox;

namespace VPlanExport.Benchmarks;

/// <summary>The first export of the medium sandbox (50 resources, 50,000 cards, 250,000 time entries, 40,000 resource days), in a process of its own.</summary>
internal static class Medium
{
    public static async Task<int> RunAsync()
    {
        var options = new SandboxOptions { Size = SandboxSize.Medium };
        await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
        var measured = await Child.MeasureAsync("medium", $"{server.BaseUrl}", options.ApiKey, options.ApiEnv);
        var requests = Nightly.RequestsOf(server, 0, [], TimeProvider.System);
        Console.WriteLine(
            $"{measured.Seconds:0.0} s, {measured.CpuSeconds:0.0} CPU s, peak {measured.PeakMb:0} MB; {string.Join(", ", measured.Phases.Select(p => $"{p.Key} {p.Value.Seconds:0.0} ({p.Value.CpuSeconds:0.0}) {p.Value.PeakMb:0}"))}: seconds (CPU seconds) and MB of peak so far"
        );
        Console.WriteLine(
            $"{requests.Sum(r => r.Sent)} requests, the least possible {requests.Sum(r => r.Least)}, without the connection test"
        );
        return 0;
    }

    public static async Task<IReadOnlyDictionary<string, PhaseTime>> RunAsync(string url, string key, string env)
    {
        using var scratch = new Scratch();
        var phases = new PhaseClock();
        await using var runner = await ExportSession.OpenAsync(
            scratch.Settings(url, key, env),
            "medium benchmark",
            TimeProvider.System,
            phases.Tell,
            CancellationToken.None
        );
        await runner.RunAsync(new RunRequest(RunKind.Nightly, []), fresh: false, CancellationToken.None);
        return phases.Stop();
    }
}
