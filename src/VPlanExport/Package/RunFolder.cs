using VPlanExport.Storage;

namespace VPlanExport.Package;

/// <summary>How far a run is, in order: each phase leaves a file when it is finished. Before <see cref="Committed"/> it
/// was interrupted; after it, it never counts.</summary>
internal enum RunPhase
{
    Planned,
    Extracted,
    Transformed,
    Published,
    Loaded,
    Committed,

    /// <summary>Its data broke the contract or a guard: kept for people to look at, never resumed.</summary>
    Refused,

    /// <summary>Undone by a rollback: kept for people to look at, never resumed nor applied again.</summary>
    RolledBack,

    /// <summary>Being removed.</summary>
    Discarded,
}

/// <summary>The folder of one run.</summary>
internal sealed class RunFolder(string runId, IStore store)
{
    /// <summary>The mark that stays until the rest of a removed run is gone.</summary>
    public const string DiscardedFile = "discarded.json";

    /// <summary>The rejected rows that the sinks lack after the run.</summary>
    public const string QuarantineFile = "quarantine.json";

    /// <summary>The mark of a run whose pages and rows were removed: it can be applied to no sink.</summary>
    private const string EmptiedFile = "emptied.json";

    private const string Remedy =
        "Restore it from a backup, or move the run's folder away: the run before it then counts as the last one "
        + "and what is missing is read again.";

    /// <summary>Folders of pages and of rows.</summary>
    public static readonly IReadOnlyList<string> Bulk = ["raw", "rows"];

    private static readonly (RunPhase Phase, string File)[] Marks =
    [
        (RunPhase.Discarded, DiscardedFile),
        (RunPhase.RolledBack, "rolledback.json"),
        (RunPhase.Refused, "refused.json"),
        (RunPhase.Committed, "manifest.json"),
        (RunPhase.Loaded, "loaded.json"),
        (RunPhase.Published, "published.json"),
        (RunPhase.Transformed, "transformed.json"),
        (RunPhase.Extracted, "extracted.json"),
        (RunPhase.Planned, "plan.json"),
    ];

    public string RunId { get; } = runId;

    /// <summary>The number at the end of the run's id; 0 when it has none.</summary>
    public long Sequence { get; } =
        long.TryParse(runId[(runId.LastIndexOf('-') + 1)..], out var sequence) ? sequence : 0;

    public IStore Store { get; } = store;

    /// <summary>The last finished phase; null when not even the plan was written.</summary>
    public async Task<RunPhase?> PhaseAsync(CancellationToken cancellationToken)
    {
        foreach (var (phase, file) in Marks)
        {
            await using var mark = await Store.OpenAsync(file, cancellationToken);
            if (mark is not null)
                return phase;
        }
        return null;
    }

    /// <summary>Its pages and rows were removed, or are being removed.</summary>
    public async Task<bool> IsEmptiedAsync(CancellationToken cancellationToken)
    {
        await using var mark = await Store.OpenAsync(EmptiedFile, cancellationToken);
        return mark is not null;
    }

    /// <summary>Removes pages and rows, which are nearly all of a run's bytes. The mark comes first, so that no half of
    /// them is ever applied.</summary>
    public async Task EmptyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!(await Store.FoldersAsync("", cancellationToken)).Any(Bulk.Contains))
            return;
        await WriteAsync(EmptiedFile, now, cancellationToken);
        foreach (var folder in Bulk)
            await Store.DeleteFolderAsync(folder, $"{folder}/last", cancellationToken);
    }

    /// <summary>Marks a phase as finished, with what it brought.</summary>
    public Task FinishAsync<T>(RunPhase phase, T value, CancellationToken cancellationToken) =>
        WriteAsync(FileOf(phase), value, cancellationToken);

    public Task WriteAsync<T>(string file, T value, CancellationToken cancellationToken) =>
        Store.PutJsonAsync(file, value, cancellationToken);

    /// <summary>What a finished phase brought.</summary>
    /// <exception cref="SinkException">Its file is missing or is not what this tool wrote.</exception>
    public async Task<T> ReadAsync<T>(RunPhase phase, CancellationToken cancellationToken)
        where T : class =>
        await Store.ReadJsonAsync<T>(FileOf(phase), Remedy, cancellationToken)
        ?? throw new SinkException(
            $"{Store.Location}/{FileOf(phase)} is missing. Run again with --fresh to discard the interrupted run."
        );

    /// <summary>The quarantine after the run; empty when it has none.</summary>
    public async Task<IReadOnlyList<QuarantinedRecord>> QuarantineAsync(CancellationToken cancellationToken) =>
        await Store.ReadJsonAsync<IReadOnlyList<QuarantinedRecord>>(QuarantineFile, Remedy, cancellationToken) ?? [];

    private static string FileOf(RunPhase phase) => Marks.Single(m => m.Phase == phase).File;
}
