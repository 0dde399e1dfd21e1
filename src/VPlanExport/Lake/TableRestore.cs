using System.Globalization;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>What one table was after a run that others have followed, and how it becomes that again. A table that is
/// not there has nothing to become.</summary>
internal sealed class TableRestore(IStore store, DeltaLog log, Table table, TimeProvider clock)
{
    private readonly DataFiles _files = new(store, table, clock);
    private readonly LakeTable _table = new(store, log, table, clock);

    /// <summary>Whether vacuum has left the log and the files for it.</summary>
    /// <param name="sequence">Of the run.</param>
    public async Task<bool> IsPossibleAsync(long sequence, CancellationToken cancellationToken) =>
        await _table.SnapshotAsync(cancellationToken) is not { } now
        || await AsOfAsync(now, sequence, cancellationToken) is not null;

    /// <summary>Reads every file that the table had then.</summary>
    /// <exception cref="SinkException">One is damaged or missing.</exception>
    public async Task VerifyAsync(long sequence, CancellationToken cancellationToken)
    {
        if (await _table.SnapshotAsync(cancellationToken) is not { } now)
            return;
        foreach (
            var file in (await AsOfAsync(now, sequence, cancellationToken))?.Files.Values ?? Enumerable.Empty<AddFile>()
        )
            await (await _files.OpenAsync(file, cancellationToken)).DisposeAsync();
    }

    /// <summary>Takes the table back in one commit, unless no later run has changed it, and returns its version; null
    /// when it is not there.</summary>
    /// <exception cref="SinkException">The table cannot be read or written, or it is not possible any more.</exception>
    public async Task<long?> RunAsync(string runId, long sequence, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= LakeTable.Attempts; attempt++)
        {
            if (await _table.SnapshotAsync(cancellationToken) is not { } now)
                return null;
            if (!(now.LastApplied(LakeTable.AppId) > sequence))
                return now.Version;
            var then =
                await AsOfAsync(now, sequence, cancellationToken)
                ?? throw new SinkException(
                    $"Table {table} in {store.Location} is no longer there as run {runId} left it. Delete the "
                        + $"folder '{table}': it is then loaded again from the runs that are there."
                );
            var commit = new CommitInfo
            {
                Timestamp = Now(),
                Operation = "RESTORE",
                OperationParameters = new()
                {
                    ["run"] = runId,
                    ["version"] = then.Version.ToString(CultureInfo.InvariantCulture),
                },
            };
            if (
                await _table.CommitAsync(now, commit, [.. Actions(now, then, sequence)], cancellationToken) is
                { } version
            )
                return version;
        }
        throw _table.Contended();
    }

    /// <summary>The table as the last run up to a sequence left it, with no files when none had made it yet; null when
    /// its log no longer tells or a file is gone.</summary>
    private async Task<Snapshot?> AsOfAsync(Snapshot now, long sequence, CancellationToken cancellationToken)
    {
        var asOf = now.Version;
        for (var version = now.Version; version >= 0; version--)
        {
            if (await log.ReadCommitAsync(version, cancellationToken) is not { } actions)
                return null;
            var applied = actions.Select(a => a.Txn).FirstOrDefault(t => t?.AppId == LakeTable.AppId)?.Version;
            if (applied <= sequence)
            {
                var then = asOf == now.Version ? now : await log.ReadAsync(asOf, cancellationToken);
                return then is not null && await AreThereAsync(then.Files.Values, cancellationToken) ? then : null;
            }
            if (applied > sequence)
                asOf = version - 1;
        }
        return new Snapshot();
    }

    private async Task<bool> AreThereAsync(IEnumerable<AddFile> files, CancellationToken cancellationToken)
    {
        var there = (await store.ListAsync($"{table}/", cancellationToken))
            .Select(f => f.Path)
            .ToHashSet(StringComparer.Ordinal);
        return files.All(f => there.Contains($"{table}/{f.LocalPath}"));
    }

    private IEnumerable<DeltaAction> Actions(Snapshot now, Snapshot then, long sequence)
    {
        if (then.MetaData is { } metaData && metaData.SchemaString != now.MetaData!.SchemaString)
            yield return new DeltaAction { MetaData = metaData };
        yield return new DeltaAction
        {
            Txn = new Txn
            {
                AppId = LakeTable.AppId,
                Version = then.LastApplied(LakeTable.AppId) ?? sequence,
                LastUpdated = Now(),
            },
        };
        foreach (var file in now.Files.Values.Where(f => !then.Files.ContainsKey(f.Path)))
            yield return new DeltaAction { Remove = file.Removed(Now()) };
        foreach (var file in then.Files.Values.Where(f => !now.Files.ContainsKey(f.Path)))
            yield return new DeltaAction { Add = file };
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
