using System.Globalization;
using System.Text.Json.Serialization;
using VPlanExport.Configuration;
using VPlanExport.Report;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands;

/// <summary>What <c>status</c> answers. Times are UTC.</summary>
/// <param name="Zone">In which people read the verdict.</param>
internal sealed record StatusReport(
    [property: JsonIgnore] Verdict Verdict,
    [property: JsonIgnore] TimeZoneInfo Zone,
    IReadOnlyList<RunLine> Runs,
    IReadOnlyDictionary<string, DateTime?> Watermarks,
    IReadOnlyList<EntityLine> Entities,
    IReadOnlyList<TableLine> Tables,
    string? WarehouseProblem,
    int RequestsUsedToday,
    int RequestsPerDay,
    DateTime? KeyFirstUsedAt,
    string? KeyWarning,
    string? RollbackTo,
    WorkFolderUse WorkFolder
)
{
    /// <summary>The verdict's word, in lower case.</summary>
    [JsonPropertyOrder(-5)]
    public string State => Verdict.State.ToString().ToLowerInvariant();

    /// <summary>The age of the data; null when there is none.</summary>
    [JsonPropertyOrder(-4)]
    public long? AgeSeconds => (long?)Verdict.Age?.TotalSeconds;

    [JsonPropertyOrder(-3)]
    public int FailedAttempts => Verdict.FailedAttempts;

    [JsonPropertyOrder(-2)]
    public GoodRun? LastGoodRun => Verdict.Good;

    [JsonPropertyOrder(-1)]
    public LastError? LastError => Verdict.LastError;

    /// <summary>Which runs the warehouse lacks; null when it holds all.</summary>
    public string? WarehouseBehind { get; init; }

    /// <summary>How the export is signed in by OAuth; null where an API key signs in.</summary>
    public SignIn? SignIn { get; init; }

    /// <summary>Why the next run would be refused; null when the settings name the environment that the runs are
    /// of.</summary>
    public string? OtherEnvironment { get; init; }

    public IReadOnlyList<StartLine> Starts { get; init; } = [];

    public UsedPlaces? Places { get; init; }

    /// <summary>The figures of the report of today; empty where the warehouse cannot be asked.</summary>
    public IReadOnlyList<FigureLine> Figures => [.. Drawn.Select(FigureLine.Of)];

    [JsonIgnore]
    public IReadOnlyList<Figure> Drawn { get; init; } = [];

    /// <summary>Why there are no figures although there is a warehouse; null where there are.</summary>
    public string? FiguresProblem { get; init; }

    /// <summary>Names that are no settings, and probably were to be.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Misspelt { get; init; } = [];

    /// <summary>What needs someone, the most urgent first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Warnings =>
        [
            .. RollbackTo is { } run
                ? [$"A rollback to run {run} was interrupted: the next command that writes finishes it."]
                : Array.Empty<string>(),
            .. OtherEnvironment is { } other ? [other] : Array.Empty<string>(),
            .. WarehouseBehind is { } behind ? [behind] : Array.Empty<string>(),
            .. Starts.Where(s => s.NeedsSomeone).Take(1).Select(s => s.Warning),
            .. SignIn?.Warning is { } ending ? [ending] : Array.Empty<string>(),
            .. KeyWarning is { } key ? [key] : Array.Empty<string>(),
            .. WorkFolder.Warnings,
            .. Misspelt,
        ];
}

/// <param name="State">A run that was begun and that nothing works on is interrupted.</param>
internal sealed record RunLine(string Run, string What, string State, DateTime? StartedAt, int? Requests)
{
    /// <summary>The last phase that was finished; null of a run without one.</summary>
    public string? Phase { get; init; }
}

/// <param name="SweptAt">When its ids were last compared with vPlan's.</param>
/// <param name="Held">Rejected rows in the quarantine.</param>
internal sealed record EntityLine(string Entity, DateTime? Watermark, DateTime? SweptAt, Proof? Proof, int Held);

/// <param name="Run">The last run that read the entity.</param>
/// <param name="Balanced">What every station of that run held of it, from the pages to the warehouse.</param>
internal sealed record Proof(string Run, string Certificate, string? Balanced);

/// <param name="Name">As the report names it.</param>
internal sealed record FigureLine(string Name, double? Value, double? Planned, double? WeekAgo)
{
    public static FigureLine Of(Figure figure) => new(figure.Name, figure.Value, figure.Planned, figure.Before);
}

internal sealed record TableLine(string Table, long Rows, string LastRun, string LoadedAt);

/// <summary>A start, as people and monitors read it.</summary>
internal sealed record StartLine(
    string Id,
    string Command,
    DateTime StartedAt,
    DateTime? EndedAt,
    string State,
    int? ExitCode,
    string? Phase,
    string? Run,
    int Requests,
    double? Seconds,
    string? Message
)
{
    /// <summary>It failed, the verdict does not speak of it, and no later start of the command went well.</summary>
    [JsonIgnore]
    public bool NeedsSomeone { get; init; }

    [JsonIgnore]
    public string Warning =>
        $"{Start.Program} {Command} failed at "
        + $"{StartedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}: {Message} (exit "
        + $"{ExitCode})";

    public static IReadOnlyList<StartLine> Of(IReadOnlyList<Start> newestFirst, Verdict verdict) =>
        [
            .. newestFirst.Select(
                (s, i) =>
                    new StartLine(
                        s.Id,
                        s.Command,
                        s.StartedAt,
                        s.EndedAt,
                        StateOf(s),
                        s.ExitCode,
                        s.Phase,
                        s.RunId,
                        s.Requests,
                        s.Seconds,
                        s.Message
                    )
                    {
                        NeedsSomeone =
                            s.IsFailed
                            && s.Command != "run"
                            && !newestFirst.Take(i).Any(later => later.Command == s.Command && later.ExitCode == 0)
                            && s.StartedAt > verdict.Good?.EndedAt,
                    }
            ),
        ];

    private static string StateOf(Start start) =>
        start switch
        {
            { IsRunning: true } => "running",
            { IsInterrupted: true } => "interrupted",
            { IsFailed: true } => "failed",
            _ => "done",
        };
}

/// <summary>The settings file and the places that a command works with.</summary>
/// <param name="SettingsFile">Null when there is none.</param>
/// <param name="Folder">Where relative paths start.</param>
internal sealed record UsedPlaces(string? SettingsFile, string Folder, string WorkFolder, string Lake, string Warehouse)
{
    public static UsedPlaces Of(Settings settings, TimeProvider clock)
    {
        var file = Path.GetFullPath(SettingsReader.File);
        return new UsedPlaces(
            File.Exists(file) ? file : null,
            Directory.GetCurrentDirectory(),
            settings.Runs.WorkFolder.ToString()!,
            settings.Lake.Location.ToString()!,
            settings.Warehouse.Open(clock).Location
        );
    }

    public string Settings => SettingsFile ?? $"no {SettingsReader.File} in {Folder}";

    public override string ToString() =>
        $"Settings: {Settings}; work folder: {WorkFolder}; lake: {Lake}; warehouse: {Warehouse}.";
}
