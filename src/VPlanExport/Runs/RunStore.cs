using System.Globalization;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>The runs in a work folder.</summary>
public sealed class RunStore(string workFolder)
{
    private string Folder => Path.Combine(workFolder, "runs");

    /// <summary>A local folder for files that grow until they are whole; emptied before each use.</summary>
    public string SpoolFolder => Path.Combine(workFolder, "spool");

    public RunFolder Open(string runId) => new(runId, new FolderStore(Path.Combine(Folder, runId)));

    /// <summary>Every run there is a folder of, oldest first.</summary>
    public IReadOnlyList<RunFolder> All() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateDirectories(Folder).Select(d => Open(Path.GetFileName(d))).OrderBy(r => r.Sequence)]
        : [];

    /// <summary>The runs whose last finished phase is wanted, oldest first.</summary>
    public async Task<IReadOnlyList<RunFolder>> InPhaseAsync(Func<RunPhase?, bool> wanted, CancellationToken cancellationToken)
    {
        var runs = new List<RunFolder>();
        foreach (var run in All())
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
        var committed = await CommittedAsync(cancellationToken);
        return committed.Count == 0 ? null : await committed[^1].ManifestAsync(cancellationToken);
    }

    /// <summary>The largest sequence any run has had.</summary>
    public long LastSequence() => All() is [.., var last] ? last.Sequence : 0;

    /// <summary>Removes a run. It is moved away first, so that no half of it is ever taken for an interrupted run.</summary>
    public void Delete(RunFolder run)
    {
        var away = Path.Combine(SpoolFolder, run.RunId);
        Guarded(() =>
        {
            Directory.CreateDirectory(SpoolFolder);
            Directory.Move(Path.Combine(Folder, run.RunId), away);
            Directory.Delete(away, recursive: true);
        });
    }

    /// <summary>Removes runs, whatever became of them, that began before <paramref name="before"/> and before the last run that read everything.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var isBehindBase = false;
        foreach (var run in All().Reverse())
        {
            if (!isBehindBase)
                isBehindBase = await run.PhaseAsync(cancellationToken) == RunPhase.Committed && (await run.ManifestAsync(cancellationToken)).IsBase;
            else if (StartOf(run.RunId) < before)
                Delete(run);
        }
    }

    /// <summary>Removes what interrupted writers left.</summary>
    public void ClearSpool() => Guarded(() =>
    {
        if (Directory.Exists(SpoolFolder))
            Directory.Delete(SpoolFolder, recursive: true);
    });

    private void Guarded(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException(
                $"The work folder {workFolder} cannot be tidied: {e.Message} Close the program that holds the file, or give this account the right to remove it, and start again.", e);
        }
    }

    private static DateTimeOffset StartOf(string runId) =>
        DateTimeOffset.TryParseExact(runId.Split('-')[0], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : DateTimeOffset.MaxValue;
}
