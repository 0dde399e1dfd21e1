using VPlanExport.Lake.Delta;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>Deletes the files of one table that no version in a window needs.</summary>
internal sealed class Vacuum(IStore store, DeltaLog log, string table, TimeProvider clock)
{
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    /// <param name="named">The version that <c>lake.json</c> names: it is kept whatever its age.</param>
    /// <param name="files">Every file in the table's folder, listed before the log is read: what is put meanwhile is
    /// not looked at.</param>
    public async Task RunAsync(
        IReadOnlyList<StoredFile> files,
        TimeSpan retention,
        long? named,
        CancellationToken cancellationToken
    )
    {
        if (await SnapshotAsync(files, cancellationToken) is not { } snapshot)
            return;
        var needed = Needed(snapshot, clock.GetUtcNow() - retention);
        if (named < snapshot.Version)
            needed.UnionWith(Paths((await log.ReadAsync(named, cancellationToken))!.Files.Keys));
        var known = Paths(snapshot.Removed.Keys);
        var orphansUntil = clock.GetUtcNow() - OrphanAge;
        foreach (
            var file in files.Where(f =>
                !f.Path.StartsWith(LogFiles.Folder(table), StringComparison.Ordinal) && !needed.Contains(f.Path)
            )
        )
        {
            if (known.Contains(file.Path) || file.ModifiedAt < orphansUntil)
                await store.DeleteAsync(file.Path, cancellationToken);
        }
        await DeleteOldLogAsync(files, named, cancellationToken);
    }

    /// <summary>What is deleted must not belong to a version that another program has committed since the log was
    /// read.</summary>
    private async Task<Snapshot?> SnapshotAsync(IReadOnlyList<StoredFile> files, CancellationToken cancellationToken)
    {
        var newest = files.Max(f => LogFiles.Version(f.Path, LogFiles.CommitEnding));
        return await log.CurrentAsync(cancellationToken) is { } current && !(newest > current.Version)
            ? current
            : await log.ReadAsync(null, cancellationToken);
    }

    /// <summary>What lies before a checkpoint that is itself older than any tombstone tells only of files that are
    /// gone.</summary>
    private async Task DeleteOldLogAsync(
        IReadOnlyList<StoredFile> files,
        long? named,
        CancellationToken cancellationToken
    )
    {
        var old = clock.GetUtcNow() - LakeTable.TombstonesKept;
        var start = files
            .Where(f => f.ModifiedAt < old)
            .Select(f => LogFiles.Version(f.Path, LogFiles.CheckpointEnding))
            .Where(v => !(v > named))
            .Max();
        foreach (var file in files)
        {
            if (
                (
                    LogFiles.Version(file.Path, LogFiles.CommitEnding)
                    ?? LogFiles.Version(file.Path, LogFiles.CheckpointEnding)
                ) < start
            )
                await store.DeleteAsync(file.Path, cancellationToken);
        }
    }

    private HashSet<string> Needed(Snapshot snapshot, DateTimeOffset from)
    {
        var inWindow = snapshot.Removed.Values.Where(r =>
            r.DeletionTimestamp is not { } at || at >= from.ToUnixTimeMilliseconds()
        );
        return Paths(snapshot.Files.Keys.Concat(inWindow.Select(r => r.Path)));
    }

    private HashSet<string> Paths(IEnumerable<string> logged) =>
        [.. logged.Select(p => $"{table}/{Uri.UnescapeDataString(p)}")];
}
