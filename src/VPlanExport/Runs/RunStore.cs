using System.Globalization;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>The runs in a work folder.</summary>
public sealed class RunStore(StoreLocation workFolder, TimeProvider clock)
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
    public async Task<IReadOnlyList<RunFolder>> InPhaseAsync(Func<RunPhase?, bool> wanted, CancellationToken cancellationToken)
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

    /// <summary>Removes a run. A mark comes first and goes last, so that no half of it is ever taken for an interrupted run.</summary>
    public async Task DeleteAsync(RunFolder run, CancellationToken cancellationToken)
    {
        await run.FinishAsync(RunPhase.Discarded, clock.GetUtcNow(), cancellationToken);
        await Store.DeleteFolderAsync($"{Folder}/{run.RunId}", $"{Folder}/{run.RunId}/{RunFolder.DiscardedFile}", cancellationToken);
    }

    /// <summary>Removes runs, whatever became of them, that began before <paramref name="before"/> and before the last run that read everything.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var isBehindBase = false;
        foreach (var run in (await AllAsync(cancellationToken)).Reverse())
        {
            var phase = await run.PhaseAsync(cancellationToken);
            if (phase == RunPhase.Discarded || (isBehindBase && StartOf(run.RunId) < before))
                await DeleteAsync(run, cancellationToken);
            else if (!isBehindBase)
                isBehindBase = phase == RunPhase.Committed && (await run.ManifestAsync(cancellationToken)).IsBase;
        }
    }

    /// <summary>Removes what interrupted writers left on this machine.</summary>
    public void ClearSpool() => workFolder.ClearSpool();

    private static DateTimeOffset StartOf(string runId) =>
        DateTimeOffset.TryParseExact(runId.Split('-')[0], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : DateTimeOffset.MaxValue;
}
