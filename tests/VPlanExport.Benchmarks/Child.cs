using System.Diagnostics;
using System.Text.Json;

namespace VPlanExport.Benchmarks;

/// <summary>What one piece of work took in a process of its own.</summary>
/// <param name="PeakMb">The largest the process has been in memory, the runtime and all libraries included.</param>
internal sealed record Measured(double Seconds, double CpuSeconds, double PeakMb, Work Work)
{
    public string PhasesText =>
        string.Join(
            ", ",
            Work.Phases.Select(p => $"{p.Key} {p.Value.Seconds:0.0} ({p.Value.CpuSeconds:0.0}) {p.Value.PeakMb:0}")
        );
}

/// <param name="Phases">By name, in order.</param>
/// <param name="Rows">Rows read, by entity, of a run that reads from vPlan.</param>
internal sealed record Work(
    IReadOnlyDictionary<string, PhaseTime> Phases,
    IReadOnlyDictionary<string, long>? Rows = null
);

/// <summary>This program, started again for one piece of work, so that its memory is its own.</summary>
internal static class Child
{
    public const string Flag = "--child";

    /// <summary>Starts the work under the product's own runtime configuration.</summary>
    public static async Task<Measured> MeasureAsync(string work, params string[] of)
    {
        var folder = AppContext.BaseDirectory;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec",
                "--runtimeconfig",
                Path.Combine(folder, "vplan-export.runtimeconfig.json"),
                typeof(Child).Assembly.Location,
                Flag,
                work,
                .. of,
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measured>(output)!
            : throw new InvalidOperationException(
                $"{work} {string.Join(' ', of)} ended with {process.ExitCode}: {output}"
            );
    }

    /// <summary>Does the work in this process and writes what it took.</summary>
    public static async Task<int> AnswerAsync(string work, string[] of)
    {
        var clock = Stopwatch.StartNew();
        var done = work switch
        {
            "export" => new Work(await ReplayExport.RunAsync(of[0], of[1])),
            "nightly" => await NightlyRun.RunAsync(of[0], of[1], of[2], of[3], of[4]),
            "duckdb" => new Work(ReplayDuckDb.Run(of[0])),
            _ => throw new ArgumentException($"There is no work '{work}'."),
        };
        var seconds = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.Write(
            JsonSerializer.Serialize(
                new Measured(seconds, process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64 / 1e6, done)
            )
        );
        return 0;
    }
}
