using VPlanExport.Configuration;
using VPlanExport.Extractors;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Extractors;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>A small vPlan over HTTP, and a lake, a warehouse and a work folder of its own. One clock for all, which never waits.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private Installation(SandboxServer server, HastyTime clock)
    {
        (Server, Clock) = (server, clock);
        Settings = new Settings(
            new VPlanSettings
            {
                BaseUrl = server.BaseUrl.ToString(),
                ApiKey = "sandbox-key",
                ApiEnv = "sandbox",
                PageSize = 50,
                AttemptTimeout = Timeout.InfiniteTimeSpan,
                StallTimeout = Timeout.InfiniteTimeSpan,
            },
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"),
            TimeSpan.FromMinutes(15),
            new LakeSettings(InFolder("lake"), TimeSpan.FromDays(7)),
            new WarehouseSettings("duckdb", $"Data Source={InFolder("warehouse.duckdb")}"),
            new RunSettings(InFolder("work"), TimeSpan.FromDays(30), 0.01, 10, 0.10, 1000));
    }

    public HastyTime Clock { get; }

    public SandboxServer Server { get; }

    public SandboxWorld VPlan => Server.World;

    /// <summary>Fifty rows a page: cards, time entries and little else take more than one, so that they are read by what changed.</summary>
    public Settings Settings { get; set; }

    public string WarehouseFile => InFolder("warehouse.duckdb");

    public string WorkFolder => Settings.Runs.WorkFolder;

    public RunStore Runs => new(WorkFolder);

    /// <summary>What runs have told, in order.</summary>
    public List<RunEvent> Told { get; } = [];

    /// <summary>Called for everything a run tells; what it throws stops the run there, as a crash would.</summary>
    public Action<RunEvent> OnEvent { get; set; } = _ => { };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Installation> StartAsync(Func<SandboxOptions, SandboxOptions>? options = null, DateTimeOffset? now = null)
    {
        var clock = now is { } start ? new HastyTime(start) : new HastyTime();
        var standard = new SandboxOptions { Size = SandboxSize.Tiny, Clock = clock };
        return new Installation(await SandboxServer.StartAsync(options?.Invoke(standard) ?? standard, Token), clock);
    }

    public Task<RunSummary> NightlyAsync(params string[] entities) => RunAsync(new RunRequest(RunKind.Nightly, entities));

    public Task<RunSummary> FullAsync(params string[] entities) => RunAsync(new RunRequest(RunKind.Full, entities));

    public Task<RunSummary> BackfillAsync(DateOnly from, DateOnly to, params string[] entities) => RunAsync(new RunRequest(RunKind.Backfill, entities, from, to));

    /// <summary>The summary of the run that was asked for; those that were finished before it are in <see cref="Told"/>.</summary>
    public async Task<RunSummary> RunAsync(RunRequest request, bool fresh = false) => (await RunAllAsync(request, fresh))[^1];

    public async Task<IReadOnlyList<RunSummary>> RunAllAsync(RunRequest request, bool fresh = false)
    {
        await using var runner = await OpenAsync();
        return await runner.RunAsync(request, fresh, Token);
    }

    public Task<Runner> OpenAsync() => Runner.OpenAsync(Settings, "vplan-export run", Clock, Tell, Token);

    /// <summary>Runs until <paramref name="at"/> holds of something told, and stops there as if the process had died.</summary>
    public async Task InterruptAsync(RunRequest request, Func<RunEvent, bool> at)
    {
        OnEvent = e =>
        {
            if (at(e))
                throw new InterruptedException();
        };
        await FluentActions.Awaiting(() => RunAsync(request)).Should().ThrowAsync<InterruptedException>();
        OnEvent = _ => { };
    }

    public async Task<RunManifest> LastManifestAsync() => (await Runs.LastManifestAsync(Token))!;

    public string InFolder(string name) => Path.Combine(_folder.Path, name);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private void Tell(RunEvent told)
    {
        lock (Told)
            Told.Add(told);
        OnEvent(told);
    }
}

/// <summary>Stands for the death of the process.</summary>
internal sealed class InterruptedException : Exception;
