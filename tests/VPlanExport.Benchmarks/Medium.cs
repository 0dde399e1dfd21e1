using VPlanExport.Sandbox;

namespace VPlanExport.Benchmarks;

/// <summary>The first export of the medium sandbox (50 resources, 50,000 cards, 250,000 time entries, 40,000 resource days), in a process of its own.</summary>
internal static class Medium
{
    public static async Task<int> RunAsync()
    {
        var options = new SandboxOptions { Size = SandboxSize.Medium };
        await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
        using var scratch = new Scratch();
        var measured = await NightlyRun.MeasureAsync(scratch.Folder, server, options, TimeSpan.Zero);
        var requests = Nightly.RequestsOf(server, 0, [], TimeProvider.System);
        Console.WriteLine(
            $"{measured.Seconds:0.0} s, {measured.CpuSeconds:0.0} CPU s, peak {measured.PeakMb:0} MB; {measured.PhasesText}: seconds (CPU seconds) and MB of peak so far"
        );
        Console.WriteLine(
            $"{requests.Sum(r => r.Sent)} requests, the least possible {requests.Sum(r => r.Least)}, without the connection test"
        );
        return 0;
    }
}
