using System.Runtime.CompilerServices;
using System.Text;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>What a table of the lake holds of forgotten people.</summary>
/// <param name="Rows">Rows of the table as it is now.</param>
/// <param name="Files">The files that hold these rows.</param>
/// <param name="Old">Files and log entries of what the table was before.</param>
internal sealed record ForgottenTable(Table Table, long Rows, int Files, IReadOnlyList<string> Old)
{
    public bool IsClean => Rows + Files + Old.Count == 0;
}

/// <summary>Finds and replaces forgotten people in one table.</summary>
internal sealed class TableForget(IStore store, DeltaLog log, Table table, Forgetting forgetting, TimeProvider clock)
{
    private readonly DataFiles _files = new(store, table, clock);
    private readonly LakeTable _table = new(store, log, table, clock);

    public async Task<ForgottenTable> FindAsync(CancellationToken cancellationToken)
    {
        if (await _table.SnapshotAsync(cancellationToken) is not { } now)
            return new ForgottenTable(table, 0, 0, []);
        var (rows, files) = (0L, 0);
        foreach (var file in now.Files.Values)
        {
            var changed = await CountAsync(file, cancellationToken);
            (rows, files) = (rows + changed, files + (changed > 0 ? 1 : 0));
        }
        var current = now.Files.Values.Select(f => $"{table}/{f.LocalPath}").ToHashSet(StringComparer.Ordinal);
        var old = new List<string>();
        foreach (var file in await store.ListAsync($"{table}/", cancellationToken))
        {
            if (!current.Contains(file.Path) && await TellsAsync(file.Path, cancellationToken))
                old.Add(file.Path);
        }
        return new ForgottenTable(table, rows, files, old);
    }

    /// <summary>Writes the files again that hold forgotten people, in one commit.</summary>
    /// <returns>The table's version; null when it is not there.</returns>
    public async Task<long?> RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= LakeTable.Attempts; attempt++)
        {
            if (await _table.SnapshotAsync(cancellationToken) is not { } now)
                return null;
            var (removed, added) = (new List<AddFile>(), new List<AddFile>());
            foreach (var file in now.Files.Values)
            {
                if (await CountAsync(file, cancellationToken) == 0)
                    continue;
                removed.Add(file);
                added.AddRange(
                    await _files.WriteAsync(file.Month, RowsAsync(file, cancellationToken), cancellationToken)
                );
            }
            if (removed.Count == 0)
                return now.Version;
            var commit = new CommitInfo { Timestamp = Now(), Operation = "UPDATE" };
            if (await _table.CommitAsync(now, commit, [.. Actions(now, removed, added)], cancellationToken) is { } made)
                return made;
            await _files.DiscardAsync(added, cancellationToken);
        }
        throw _table.Contended();
    }

    /// <summary>Removes the files of older versions that hold forgotten people. Where the log tells of them, too, it
    /// begins with the newest version from now on.</summary>
    public async Task DropHistoryAsync(CancellationToken cancellationToken)
    {
        var old = (await FindAsync(cancellationToken)).Old;
        var isLogged = old.Any(IsLog);
        if (isLogged)
        {
            var now = (await log.ReadAsync(null, cancellationToken))!;
            await log.CheckpointAsync(now, tombstonesFrom: long.MaxValue, cancellationToken);
            old =
            [
                .. old.Where(path => !IsLog(path)),
                .. (await store.ListAsync(LogFiles.Folder(table.Name), cancellationToken))
                    .Select(f => f.Path)
                    .Where(path => VersionOf(path) < now.Version),
            ];
        }
        foreach (var path in old)
            await store.DeleteAsync(path, cancellationToken);
    }

    private bool IsLog(string path) => path.StartsWith(LogFiles.Folder(table.Name), StringComparison.Ordinal);

    private static long? VersionOf(string path) =>
        LogFiles.Version(path, LogFiles.CommitEnding) ?? LogFiles.Version(path, LogFiles.CheckpointEnding);

    private IEnumerable<DeltaAction> Actions(Snapshot now, List<AddFile> removed, List<AddFile> added)
    {
        if (now.LastApplied(LakeTable.AppId) is { } last)
            yield return new DeltaAction
            {
                Txn = new Txn
                {
                    AppId = LakeTable.AppId,
                    Version = last,
                    LastUpdated = Now(),
                },
            };
        foreach (var file in removed)
            yield return new DeltaAction { Remove = file.Removed(Now()) };
        foreach (var file in added)
            yield return new DeltaAction { Add = file };
    }

    private async Task<long> CountAsync(AddFile file, CancellationToken cancellationToken)
    {
        await using var stream = await _files.OpenAsync(file, cancellationToken);
        return await CountAsync(stream, cancellationToken);
    }

    private async Task<long> CountAsync(Stream stream, CancellationToken cancellationToken)
    {
        var changed = 0L;
        await foreach (var batch in RowFile.ReadAsync(stream, table, columns: null, cancellationToken))
            changed += forgetting.Rows(batch);
        return changed;
    }

    private async IAsyncEnumerable<RowBatch> RowsAsync(
        AddFile file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var stream = await _files.OpenAsync(file, cancellationToken);
        await foreach (var batch in RowFile.ReadAsync(stream, table, columns: null, cancellationToken))
        {
            forgetting.Rows(batch);
            yield return batch;
        }
    }

    /// <summary>Whether an old file of rows, or the log's bounds of a file, tell of a forgotten person.</summary>
    private async Task<bool> TellsAsync(string path, CancellationToken cancellationToken)
    {
        if (LogFiles.Version(path, LogFiles.CheckpointEnding) is { } version)
            return (await log.ReadAsync(version, cancellationToken))!.Files.Values.Any(f => Tells(f.Stats));
        if (path.EndsWith(LogFiles.CommitEnding, StringComparison.Ordinal))
            return await store.ReadAsync(path, cancellationToken) is { } commit
                && Encoding.UTF8.GetString(commit.Content).Split('\n').Any(Tells);
        if (!path.EndsWith(".parquet", StringComparison.Ordinal))
            return false;
        await using var stream = await store.OpenAsync(path, cancellationToken);
        return stream is not null && await CountAsync(stream, cancellationToken) > 0;
    }

    private bool Tells(string? text) => text is not null && forgetting.Text(text) != text;

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
