using DuckDB.NET.Data;
using VPlanExport.Commands.Watch;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>A vPlan, a folder with a lake, a warehouse and runs, and a clock that does not wait.</summary>
internal sealed class TestExport : IAsyncDisposable
{
    private static readonly DateTimeOffset Night = new(2026, 10, 7, 1, 0, 0, TimeSpan.Zero);

    /// <summary>What tells which run brought a row. A sink that is rebuilt names the runs that are left; of SQL Server they are not compared.</summary>
    private static readonly string[] s_stamps = ["run_id", "extracted_at"];

    private readonly TempFolder _folder = new();
    private readonly WarehouseSettings _warehouse;
    private SqlServerFixture? _server;
    private bool _isRebuilt;

    private TestExport(SandboxServer vplan, ImmediateTime clock)
    {
        (VPlan, Clock) = (vplan, clock);
        Settings = new Settings(
            new VPlanSettings
            {
                BaseUrl = vplan.BaseUrl.ToString(),
                ApiKey = SecretKey,
                ApiEnv = "sandbox",
                PageSize = 50,
            },
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"),
            TimeSpan.FromMinutes(15),
            new LakeSettings(new StoreLocation.Folder(In("lake")), TimeSpan.FromDays(7)),
            _warehouse = new WarehouseSettings("duckdb", $"Data Source={In("warehouse.duckdb")};threads=1"),
            new RunSettings(new StoreLocation.Folder(In("work")), TimeSpan.FromDays(30), 0.01, 10, 0.10, 25, 7),
            new CalendarSettings(Holidays.Dutch, FiscalYearStart: 1)
        );
    }

    public const string SecretKey = "k3y-that-nobody-sees";

    public SandboxServer VPlan { get; }

    public SandboxWorld World => VPlan.World;

    public ImmediateTime Clock { get; }

    public Settings Settings { get; set; }

    public string Folder => _folder.Path;

    public RunStore Runs => new(Settings.Runs.WorkFolder, Clock);

    /// <summary>Every run there is a folder of, oldest first.</summary>
    public Task<IReadOnlyList<RunFolder>> AllRunsAsync() => Runs.AllAsync(CancellationToken.None);

    /// <summary>What the runs told, as text.</summary>
    public List<RunEvent> Told { get; } = [];

    public static async Task<TestExport> OpenAsync(Func<SandboxOptions, SandboxOptions>? options = null)
    {
        var clock = new ImmediateTime(Night)
        {
            Limits = [new VPlanSettings().AttemptTimeout, new VPlanSettings().StallTimeout, Notifier.AttemptTimeout],
        };
        var wanted = new SandboxOptions
        {
            Size = SandboxSize.Tiny,
            Clock = clock,
            ApiKey = SecretKey,
        };
        return new TestExport(
            await SandboxServer.StartAsync(options?.Invoke(wanted) ?? wanted, TestContext.Current.CancellationToken),
            clock
        );
    }

    /// <summary>A house as it is after <see cref="OpenAsync"/> and a first <see cref="NightlyAsync"/> of every entity.</summary>
    public static Task<TestExport> OpenAfterFirstNightAsync() => FirstNight.OpenAsync();

    /// <summary>A house as it is after <see cref="OpenAsync"/> and the command "run", of which <see cref="FirstRun"/> is the outcome.</summary>
    public static Task<TestExport> OpenAfterFirstRunAsync() => FirstNight.OpenByCommandAsync();

    /// <summary>What the command that made a first run printed; null where there was none.</summary>
    public Outcome? FirstRun { get; private set; }

    /// <summary>Runs the command "run".</summary>
    public async Task<TestExport> WithFirstRunAsync()
    {
        FirstRun = (await InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        return this;
    }

    /// <summary>Another house with the same files, at the same time, with a vPlan of its own that is as vPlan was at first.</summary>
    /// <param name="edits">What was changed in vPlan since, and when, in order.</param>
    public async Task<TestExport> CopyAsync(params (DateTimeOffset At, Action<TestExport> Make)[] edits)
    {
        var copy = await OpenAsync();
        CopyFolder(Folder, copy.Folder);
        foreach (var (at, make) in edits)
        {
            copy.Clock.Advance(at - copy.Clock.GetUtcNow());
            make(copy);
        }
        copy.Clock.Advance(Clock.GetUtcNow() - copy.Clock.GetUtcNow());
        copy.FirstRun = FirstRun is null
            ? null
            : FirstRun with
            {
                Output = FirstRun
                    .Output.Replace(Folder, copy.Folder, StringComparison.Ordinal)
                    .Replace($"{VPlan.BaseUrl}", $"{copy.VPlan.BaseUrl}", StringComparison.Ordinal),
            };
        return copy;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            var copy = Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
            if (!OperatingSystem.IsWindows())
                copy.UnixFileMode = new DirectoryInfo(folder).UnixFileMode;
        }
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    public string In(string path) => Path.Combine(_folder.Path, path);

    /// <summary>Removes a sink's folder or file, which a later run then rebuilds.</summary>
    public void Remove(string sink)
    {
        _isRebuilt = true;
        if (Directory.Exists(In(sink)))
            Directory.Delete(In(sink), recursive: true);
        else
            File.Delete(In(sink));
    }

    public Task<RunSummary> NightlyAsync(params string[] entities) =>
        RunAsync(new RunRequest(RunKind.Nightly, entities));

    public Task<RunSummary> FullAsync(params string[] entities) => RunAsync(new RunRequest(RunKind.Full, entities));

    public Task<RunSummary> SweepAsync(params string[] entities) => RunAsync(new RunRequest(RunKind.Sweep, entities));

    public Task<RunSummary> BackfillAsync(string from, string to, params string[] entities) =>
        RunAsync(Range(from, to, entities));

    public static RunRequest Range(string from, string to, params string[] entities) =>
        new(RunKind.Backfill, entities, Day(from), Day(to));

    public Task<RunSummary> FreshAsync() => RunAsync(new RunRequest(RunKind.Nightly, []), fresh: true);

    /// <summary>Does what is asked and gives the summary of the request itself; an hour passes.</summary>
    public async Task<RunSummary> RunAsync(RunRequest request, bool fresh = false, Action<RunEvent>? tell = null)
    {
        await using var runner = await OpenRunnerAsync(tell);
        var summaries = await runner.RunAsync(request, fresh, CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(1));
        return summaries[^1];
    }

    /// <summary>The settings as an operator gives them, without secrets.</summary>
    public IReadOnlyDictionary<string, string> Given =>
        new Dictionary<string, string>
        {
            ["VPlan:BaseUrl"] = VPlan.BaseUrl.ToString(),
            ["VPlan:ApiEnv"] = Settings.VPlan.ApiEnv,
            ["VPlan:PageSize"] = $"{Settings.VPlan.PageSize}",
            ["Lake:Location"] = Settings.Lake.Location.ToString(),
            ["Warehouse:Kind"] = Settings.Warehouse.Kind,
            ["Runs:WorkFolder"] = Settings.Runs.WorkFolder.ToString(),
            ["VPlan:RequestsPerDay"] = $"{Settings.VPlan.RequestsPerDay}",
            ["Runs:MinDeletes"] = $"{Settings.Runs.MinDeletes}",
        };

    /// <summary>Runs a command line in this process, by the house's clock; an hour passes.</summary>
    public Task<Outcome> InvokeAsync(params string[] words) => InvokeAsync(Clock, words);

    /// <summary>The same by a clock that is made of the house's.</summary>
    public async Task<Outcome> InvokeAsync(TimeProvider clock, params string[] words)
    {
        var key = In("key.txt");
        await File.WriteAllTextAsync(key, SecretKey);
        var settings = Given
            .Append(new("VPlan:ApiKeyFile", key))
            .Append(new("Warehouse:ConnectionString", Settings.Warehouse.ConnectionString));
        var outcome = await CliHost.InvokeBareAsync(
            clock,
            [.. settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" }), .. words]
        );
        Clock.Advance(TimeSpan.FromHours(1));
        return outcome;
    }

    public async Task<ExportSession> OpenRunnerAsync(Action<RunEvent>? tell = null)
    {
        if (Settings.Warehouse == _warehouse && !_isRebuilt && !File.Exists(In("warehouse.duckdb")))
            File.Copy(await FirstNight.EmptyWarehouse.Value, In("warehouse.duckdb"));
        return await ExportSession.OpenAsync(Settings, "test", Clock, Telling(tell), CancellationToken.None);
    }

    private Action<RunEvent> Telling(Action<RunEvent>? tell) =>
        happened =>
        {
            lock (Told)
                Told.Add(happened);
            tell?.Invoke(happened);
        };

    public Backfill Backfills(bool waits = false, Action<RunEvent>? tell = null) =>
        new(Settings, waits, Clock, Telling(tell));

    /// <summary>Does a backfill month by month, as the command does; the summaries of the months.</summary>
    public async Task<IReadOnlyList<RunSummary>> BackfillMonthsAsync(RunRequest request, Action<RunEvent>? tell = null)
    {
        var summaries = new List<RunSummary>();
        await Backfills(tell: tell).RunAsync(request, summaries.Add, CancellationToken.None);
        return summaries;
    }

    /// <summary>Runs until the n-th event, where it dies; false when it ended before.</summary>
    public Task<bool> DiesAtAsync(int nth, RunRequest request)
    {
        var seen = 0;
        return DiesAtAsync(
            happened => happened is not RunEvent.Measure && Interlocked.Increment(ref seen) >= nth,
            request
        );
    }

    /// <summary>Runs until such an event, where it dies; false when it ended before.</summary>
    public async Task<bool> DiesAtAsync(Func<RunEvent, bool> at, RunRequest request)
    {
        try
        {
            await RunAsync(
                request,
                tell: happened =>
                {
                    if (at(happened))
                        throw new SuddenDeathException();
                }
            );
            return false;
        }
        catch (SuddenDeathException)
        {
            return true;
        }
    }

    /// <summary>Lake and warehouse are the same, and both are what vPlan now answers.</summary>
    public async Task BothSinksEqualVPlanAsync()
    {
        using var sinks = await SinksThatAgreeAsync();
        var expected = await VPlanRows.OfAsync(VPlan);
        foreach (var table in expected.Tables)
            sinks
                .Live(Catalog.Table(table), expected[table].Columns)
                .Should()
                .Equal(expected[table].Rows, $"{table} must be what vPlan has");
    }

    /// <summary>Every column of every row is the same in lake and warehouse, and nothing refers to a row that is not there.</summary>
    public async Task SinksAgreeAsync() => (await SinksThatAgreeAsync()).Dispose();

    /// <summary>The first column of a question to the warehouse.</summary>
    public List<string> Warehouse(string sql)
    {
        using var sinks = OpenSinks();
        return sinks.Query(sql);
    }

    public async Task<RunManifest> ManifestAsync() => (await Runs.LastManifestAsync(CancellationToken.None))!;

    public async ValueTask DisposeAsync()
    {
        await VPlan.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Moves the lake and the runs to Azure Blob Storage.</summary>
    public TestExport At(StoreLocation.Blob place)
    {
        Settings = Settings with
        {
            Lake = Settings.Lake with { Location = place },
            Runs = Settings.Runs with { WorkFolder = place.Below("_work") },
        };
        return this;
    }

    /// <summary>The same, with what is in them.</summary>
    public async Task<TestExport> MovedToAsync(StoreLocation.Blob place)
    {
        At(place);
        foreach (
            var (folder, location) in new[] { ("lake", Settings.Lake.Location), ("work", Settings.Runs.WorkFolder) }
        )
        {
            await location.Open(Clock).FillAsync(In(folder));
            Directory.Delete(In(folder), recursive: true);
        }
        return this;
    }

    /// <summary>Moves the warehouse to SQL Server.</summary>
    public TestExport At(SqlServerFixture place)
    {
        Settings = Settings with
        {
            Warehouse = new WarehouseSettings(WarehouseSettings.SqlServer, place.ConnectionString),
        };
        _server = place;
        return this;
    }

    private bool IsLakeHere => Settings.Lake.Location is StoreLocation.Folder;

    private async Task<SinkText> SinksThatAgreeAsync()
    {
        await BringLakeAsync();
        var sinks = OpenSinks();
        sinks.ShouldAgree(_server is null && !_isRebuilt ? [] : s_stamps);
        sinks.ShouldNotDangle();
        return sinks;
    }

    /// <summary>Copies a lake that is in Azure Blob Storage into the house's folder, for who reads files.</summary>
    public Task BringLakeAsync() => IsLakeHere ? Task.CompletedTask : CopyLakeAsync();

    private async Task CopyLakeAsync()
    {
        if (Settings.Lake.Location is StoreLocation.Blob && Directory.Exists(In("lake")))
            Directory.Delete(In("lake"), recursive: true);
        foreach (var table in Catalog.Tables)
            await Settings.Lake.Location.Open(Clock).CopyToAsync(In("lake"), $"{table.Name}/");
        await Settings.Lake.Location.Open(Clock).CopyToAsync(In("lake"), "lake.json");
    }

    private SinkText OpenSinks()
    {
        _server?.CopyTo(In("warehouse.duckdb"));
        return new(
            IsLakeHere ? Settings.Lake.Location.ToString() : In("lake"),
            _server is null
                ? new DuckDBConnectionStringBuilder
                {
                    ConnectionString = Settings.Warehouse.ConnectionString,
                }.DataSource
                : In("warehouse.duckdb")
        );
    }

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class SuddenDeathException : Exception;
