using System.Globalization;
using System.Runtime.CompilerServices;
using VPlanExport.Dialects;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>One Delta table of the lake.</summary>
internal sealed class LakeTable(IStore store, DeltaLog log, Table table, TimeProvider clock)
{
    public const string AppId = "vplan-export";

    /// <summary>Versions between checkpoints.</summary>
    public const int CheckpointEvery = 10;

    /// <summary>How long tombstones are remembered: vacuum cannot keep files longer.</summary>
    public static readonly TimeSpan TombstonesKept = TimeSpan.FromDays(30);

    public const int Attempts = 10;

    private readonly DataFiles _files = new(store, table, clock);

    public Task<Snapshot?> SnapshotAsync(CancellationToken cancellationToken) => log.CurrentAsync(cancellationToken);

    /// <summary>Applies a change unless it has been applied, and returns the table's version. Where it changes no row,
    /// nothing is committed.</summary>
    /// <exception cref="SinkException">The table cannot be read or written, or other writers keep changing
    /// it.</exception>
    public async Task<long> PublishAsync(TableInput input, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await log.CurrentAsync(cancellationToken);
            if (before?.LastApplied(AppId) >= input.Changes.Sequence)
                return before.Version;
            var merge = await MergeAsync(before, input, cancellationToken);
            if (
                before is not null
                && merge.Added.Count + merge.Removed.Count == 0
                && before.MetaData!.SchemaString == DeltaTypes.Schema(table)
            )
                return before.Version;
            var commit = new CommitInfo
            {
                Timestamp = Now(),
                OperationParameters = new() { ["run"] = input.Changes.RunId },
            };
            if (
                await CommitAsync(before, commit, [.. Actions(before, input.Changes, merge)], cancellationToken) is
                { } version
            )
                return version;
            await _files.DiscardAsync(merge.Added, cancellationToken);
        }
        throw Contended();
    }

    /// <summary>All rows of the table as it is now, as files of the lake.</summary>
    public async Task<TableChange> RowFilesAsync(CancellationToken cancellationToken)
    {
        var files = new List<RowFileInfo>();
        foreach (var file in (await SnapshotAsync(cancellationToken))?.Files.Values ?? Enumerable.Empty<AddFile>())
        {
            await using var stream = await _files.OpenAsync(file, cancellationToken);
            var footer = await RowFile.ReadFooterAsync(stream, table, cancellationToken);
            files.Add(
                new RowFileInfo($"{table}/{file.LocalPath}", file.Month, footer.Rows, stream.Length)
                {
                    Checksum = file.Checksum,
                }
            );
        }
        return new TableChange(table.Name, files);
    }

    public async IAsyncEnumerable<RowBatch> ReadAsync(
        long? version,
        IReadOnlyCollection<string>? columns,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var snapshot = version is null
            ? await log.CurrentAsync(cancellationToken)
            : await log.ReadAsync(version, cancellationToken);
        foreach (var file in snapshot?.Files.Values ?? Enumerable.Empty<AddFile>())
        {
            await using var stream = await _files.OpenAsync(file, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, columns, cancellationToken))
                yield return batch;
        }
    }

    public async Task<IReadOnlyList<LakeFile>> FilesAsync(long version, CancellationToken cancellationToken)
    {
        var files = new List<LakeFile>();
        foreach (
            var file in (await log.ReadAsync(version, cancellationToken))?.Files.Values ?? Enumerable.Empty<AddFile>()
        )
        {
            await using var stream = await _files.OpenAsync(file, cancellationToken);
            files.Add(
                new LakeFile(
                    $"{table}/{file.LocalPath}",
                    await RowFile.ReadColumnsAsync(stream, table, cancellationToken)
                )
            );
        }
        return files;
    }

    public async IAsyncEnumerable<RowBatch> ReadAfterAsync(
        TableInput input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (stored, merge) = await AroundAsync(input, cancellationToken);
        await foreach (var batch in merge.RowsAsync(stored, input.Change.Files, cancellationToken))
            yield return batch;
    }

    /// <summary>Most files hold no row that a full read did not bring: of these only keys are read.</summary>
    public async IAsyncEnumerable<RowBatch> ReadRetainedAsync(
        TableInput input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (stored, merge) = await AroundAsync(input, cancellationToken);
        await foreach (var batch in merge.RetainedAsync(stored, cancellationToken))
            yield return batch;
    }

    /// <summary>What is there, and how a run that is not published yet would change it.</summary>
    private async Task<(IReadOnlyCollection<AddFile> Stored, LakeMerge Merge)> AroundAsync(
        TableInput input,
        CancellationToken cancellationToken
    )
    {
        var stored = (await log.CurrentAsync(cancellationToken))?.Files.Values ?? (IReadOnlyCollection<AddFile>)[];
        var rules = await input.RulesAsync(stored.Count > 0, keepsSame: false, cancellationToken);
        return (stored, new LakeMerge(_files, table, rules, input.Changes, input.RunStore));
    }

    /// <exception cref="SinkException">The lake's table has a schema that the declared one cannot grow out
    /// of.</exception>
    public IReadOnlyList<Column> AddedColumns(Snapshot before)
    {
        if (before.Protocol!.MinWriterVersion > 2)
            throw new SinkException(
                $"Table {table} in {store.Location} asks for Delta writer version "
                    + $"{before.Protocol.MinWriterVersion}, and 2 is known here: another program has upgraded it; "
                    + $"delete the folder '{table}' and load it again with 'load --all'."
            );
        return TableSchema.Added(table, before.MetaData!);
    }

    private async Task<LakeMerge> MergeAsync(Snapshot? before, TableInput input, CancellationToken cancellationToken)
    {
        var rewriteAll = before is not null && AddedColumns(before).Any(c => !c.Type.IsNullable);
        var rules = await input.RulesAsync(before is { Files.Count: > 0 }, keepsSame: true, cancellationToken);
        var merge = new LakeMerge(_files, table, rules, input.Changes, input.RunStore);
        await merge.RunAsync(
            before?.Files.Values ?? (IReadOnlyCollection<AddFile>)[],
            input.Change.Files,
            rewriteAll,
            cancellationToken
        );
        return merge;
    }

    /// <summary>The version committed, or null when another writer changed the table meanwhile.</summary>
    public async Task<long?> CommitAsync(
        Snapshot? before,
        CommitInfo commit,
        IReadOnlyList<DeltaAction> actions,
        CancellationToken cancellationToken
    )
    {
        var newest = before ?? new Snapshot();
        while (true)
        {
            if (await log.TryCommitAsync(newest, commit, actions, cancellationToken) is { Version: var version } next)
            {
                if (version > 0 && version % CheckpointEvery == 0)
                    await log.CheckpointAsync(next, Now() - (long)TombstonesKept.TotalMilliseconds, cancellationToken);
                return version;
            }
            var winner = await log.ReadCommitAsync(newest.Version + 1, cancellationToken) ?? [];
            if (winner.Any(a => a.ChangesTable || a.Txn?.AppId == AppId))
                return null;
            newest = newest.After(winner);
        }
    }

    private IEnumerable<DeltaAction> Actions(Snapshot? before, ChangeSet changes, LakeMerge merge)
    {
        if (before is null)
            yield return new DeltaAction
            {
                Protocol = new Protocol { MinReaderVersion = 1, MinWriterVersion = 2 },
            };
        var metaData = TableSchema.Declare(table, before?.MetaData, Now());
        if (before?.MetaData?.SchemaString != metaData.SchemaString)
            yield return new DeltaAction { MetaData = metaData };
        yield return new DeltaAction
        {
            Txn = new Txn
            {
                AppId = AppId,
                Version = changes.Sequence,
                LastUpdated = Now(),
            },
        };
        foreach (var file in merge.Removed)
            yield return new DeltaAction { Remove = file.Removed(Now()) };
        foreach (var file in merge.Added)
            yield return new DeltaAction { Add = file };
    }

    public SinkException Contended() =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Table {table} in {store.Location} was changed by another writer {Attempts} times in a row: stop "
                    + $"the other writer, then start again."
            )
        );

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
