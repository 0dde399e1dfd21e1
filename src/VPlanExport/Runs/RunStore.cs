using System.Globalization;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>The runs in a work folder.</summary>
internal sealed class RunStore(StoreLocation workFolder, TimeProvider clock)
{
    private const string Folder = "runs";

    /// <summary>The work folder itself.</summary>
    public IStore Store { get; } = workFolder.Open(clock);

    /// <summary>A local folder for files that grow until they are whole; emptied before each use.</summary>
    public string SpoolFolder => workFolder.SpoolFolder;

    public RunFolder Open(string runId) => new(runId, Store.Below($"{Folder}/{runId}"));

    /// <summary>Every run there is a folder of, oldest first.</summary>
    public async Task<IReadOnlyList<RunFolder>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await Store.FoldersAsync(Folder, cancellationToken)).Select(Open).OrderBy(r => r.Sequence)];

    /// <summary>The runs whose last finished phase is wanted, oldest first.</summary>
    public async Task<IReadOnlyList<RunFolder>> InPhaseAsync(
        Func<RunPhase?, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        var runs = new List<RunFolder>();
        foreach (var run in await AllAsync(cancellationToken))
        {
            if (wanted(await run.PhaseAsync(cancellationToken)))
                runs.Add(run);
        }
        return runs;
    }

    public Task<IReadOnlyList<RunFolder>> CommittedAsync(CancellationToken cancellationToken) =>
        InPhaseAsync(p => p == RunPhase.Committed, cancellationToken);

    public async Task<RunManifest?> LastManifestAsync(CancellationToken cancellationToken)
    {
        foreach (var run in (await AllAsync(cancellationToken)).Reverse())
        {
            if (await run.PhaseAsync(cancellationToken) == RunPhase.Committed)
                return await run.ManifestAsync(cancellationToken);
        }
        return null;
    }

    /// <summary>The largest sequence any run has had.</summary>
    public async Task<long> LastSequenceAsync(CancellationToken cancellationToken) =>
        await AllAsync(cancellationToken) is [.., var last] ? last.Sequence : 0;

    /// <summary>Removes a run. A mark comes first and goes last, so that no half of it is ever taken for an interrupted
    /// run.</summary>
    public async Task DeleteAsync(RunFolder run, CancellationToken cancellationToken)
    {
        await run.FinishAsync(RunPhase.Discarded, clock.GetUtcNow(), cancellationToken);
        await Store.DeleteFolderAsync(
            $"{Folder}/{run.RunId}",
            $"{Folder}/{run.RunId}/{RunFolder.DiscardedFile}",
            cancellationToken
        );
    }

    /// <summary>
    /// Removes what nobody needs of runs that began before <paramref name="before"/>: the whole run, whatever became of
    /// it, when a later run read everything; else the pages and rows of a run that both sinks hold, or that never
    /// counts. A run that was interrupted stays as it is.
    /// </summary>
    /// <param name="held">The sequence up to which both sinks hold every run; asked for when it matters.</param>
    public async Task PruneAsync(DateTimeOffset before, Func<Task<long>> held, CancellationToken cancellationToken)
    {
        var isBehindBase = false;
        var old = new List<(RunFolder Run, RunPhase? Phase)>();
        foreach (var run in (await AllAsync(cancellationToken)).Reverse())
        {
            var (phase, isOld) = (await run.PhaseAsync(cancellationToken), StartOf(run.RunId) < before);
            if (phase == RunPhase.Discarded || (isBehindBase && isOld))
            {
                await DeleteAsync(run, cancellationToken);
                continue;
            }
            if (isOld)
                old.Insert(0, (run, phase));
            isBehindBase =
                isBehindBase || (phase == RunPhase.Committed && (await run.ManifestAsync(cancellationToken)).IsBase);
        }
        await EmptyAsync(old, held, cancellationToken);
    }

    /// <summary>The oldest first: those that can still be applied follow each other without a gap.</summary>
    private async Task EmptyAsync(
        List<(RunFolder Run, RunPhase? Phase)> runs,
        Func<Task<long>> held,
        CancellationToken cancellationToken
    )
    {
        var upTo = runs.Count == 0 ? 0 : await held();
        foreach (var (run, phase) in runs)
        {
            if (
                phase is RunPhase.Refused or RunPhase.RolledBack
                || (phase == RunPhase.Committed && run.Sequence <= upTo)
            )
                await run.EmptyAsync(clock.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>
    /// The sequence behind which the committed runs bring a sink up to date: the one up to which it holds every run,
    /// or, where rows of runs that it lacks were removed, the one before a later run that read everything. Null when
    /// there is none: then vPlan must be read in full.
    /// </summary>
    /// <param name="has">The sequence up to which the sink holds every run.</param>
    /// <param name="upTo">The last run that it is to hold.</param>
    public async Task<long?> StartForAsync(long has, long upTo, CancellationToken cancellationToken)
    {
        long? start = has;
        foreach (var run in (await AllAsync(cancellationToken)).Where(r => r.Sequence > has && r.Sequence <= upTo))
        {
            if (await run.PhaseAsync(cancellationToken) != RunPhase.Committed)
                continue;
            if (await run.IsEmptiedAsync(cancellationToken))
                start = null;
            else if (start is null && (await run.ManifestAsync(cancellationToken)).IsBase)
                start = run.Sequence - 1;
        }
        return start;
    }

    /// <summary>Removes the row files that an interrupted run left on this machine.</summary>
    public void ClearSpool() => workFolder.ClearSpool();

    /// <summary>When a run began, by its id; the end of time when the id does not say.</summary>
    public static DateTimeOffset StartOf(string runId) =>
        DateTimeOffset.TryParseExact(
            runId.Split('-')[0],
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var start
        )
            ? start
            : DateTimeOffset.MaxValue;
}

/// <summary>Where a backfill keeps what it has read and not published: beside the runs, so that nothing takes it for a
/// run that was interrupted.</summary>
/// <param name="workFolder">The store of the work folder, whose lock is held.</param>
internal sealed class Scratch(IStore workFolder)
{
    private const string Folder = "plans";

    public RunFolder Open(string name) => new(name, workFolder.Below($"{Folder}/{name}"));

    /// <summary>Removes everything there is.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await workFolder.FoldersAsync(Folder, cancellationToken))
            await workFolder.DeleteFolderAsync($"{Folder}/{name}", $"{Folder}/{name}/plan.json", cancellationToken);
    }
}

/// <summary>What a run's folder holds of the runs' own types.</summary>
internal static class RunFolderExtensions
{
    public static Task<RunPlan> PlanAsync(this RunFolder folder, CancellationToken cancellationToken) =>
        folder.ReadAsync<RunPlan>(RunPhase.Planned, cancellationToken);

    public static Task<RunManifest> ManifestAsync(this RunFolder folder, CancellationToken cancellationToken) =>
        folder.ReadAsync<RunManifest>(RunPhase.Committed, cancellationToken);
}
