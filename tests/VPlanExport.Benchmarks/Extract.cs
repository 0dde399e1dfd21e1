using System.Diagnostics;
using VPlanExport.Commands.Output;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;

namespace VPlanExport.Benchmarks;

/// <summary>Records per second from the sandbox over loopback to landed pages, in full; the sandbox shares the machine.</summary>
internal static class Extract
{
    private const int Turns = 3;
    private static readonly int[] s_latencies = [0, 50];

    public static async Task<int> RunAsync()
    {
        var lines = new List<IReadOnlyList<string>>();
        foreach (var latency in s_latencies)
        {
            var options = new SandboxOptions
            {
                Size = SandboxSize.Medium,
                Latency = TimeSpan.FromMilliseconds(latency),
            };
            await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
            lines.Add(await LineAsync(server, options, "time entries", [TimeEntries.Entity]));
            lines.Add(await LineAsync(server, options, "cards with activities, resources, labels", [Cards.Entity]));
            lines.Add(await LineAsync(server, options, "all entities side by side", Catalog.All));
        }
        Console.WriteLine($"Medians of {Turns} turns.");
        TextTable.Write(
            Console.Out,
            [">latency ms", "what", ">records", ">requests", ">seconds", ">least", ">most", ">records/s"],
            lines
        );
        return 0;
    }

    private static async Task<IReadOnlyList<string>> LineAsync(
        SandboxServer server,
        SandboxOptions options,
        string what,
        IReadOnlyList<Entity> entities
    )
    {
        var turns = new List<(double Seconds, long Records, int Requests)>();
        for (var turn = 0; turn < Turns; turn++)
            turns.Add(await ReadAsync(server, options, entities));
        var (seconds, records, requests) = turns.Order().ElementAt(Turns / 2);
        return
        [
            $"{options.Latency.TotalMilliseconds}",
            what,
            $"{records:N0}",
            $"{requests}",
            $"{seconds:0.00}",
            $"{turns.Min(t => t.Seconds):0.00}",
            $"{turns.Max(t => t.Seconds):0.00}",
            $"{records / seconds:N0}",
        ];
    }

    private static async Task<(double Seconds, long Records, int Requests)> ReadAsync(
        SandboxServer server,
        SandboxOptions options,
        IReadOnlyList<Entity> entities
    )
    {
        using var scratch = new Scratch();
        var settings = Scratch.SettingsIn(scratch.Folder, $"{server.BaseUrl}", options.ApiKey, options.ApiEnv);
        using var source = await VPlanSource.OpenAsync(
            settings,
            settings.Runs.WorkFolder.Open(TimeProvider.System),
            TimeProvider.System,
            _ => { },
            CancellationToken.None
        );
        var store = new FolderStore(Path.Combine(scratch.Folder, "run"));
        var clock = Stopwatch.StartNew();
        var extracts = await Task.WhenAll(
            entities.Select(e =>
                source.Extractor.ExtractAsync(
                    e,
                    new Window.Full(),
                    store,
                    parentIds: null,
                    cancellationToken: CancellationToken.None
                )
            )
        );
        return (clock.Elapsed.TotalSeconds, extracts.Sum(e => e.Rows), extracts.Sum(e => e.Requests));
    }
}
