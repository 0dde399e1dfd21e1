using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>Turns a change of a table into files added and files removed.</summary>
internal sealed class LakeMerge(DataFiles files, Table table, MergeRules rules, ChangeSet changes, IStore runStore)
{
    /// <summary>Files below this many rows are written together when their partition is written at all.</summary>
    public const int SmallFile = 50_000;

    private long _overwritten;

    public List<AddFile> Added { get; } = [];

    public List<AddFile> Removed { get; } = [];

    /// <param name="rewriteAll">No file may stay as it is: a column was added that is never null.</param>
    public async Task RunAsync(
        IReadOnlyCollection<AddFile> stored,
        IReadOnlyList<RowFileInfo> fresh,
        bool rewriteAll,
        CancellationToken cancellationToken
    )
    {
        var touched = new HashSet<AddFile>();
        var staying = new List<AddFile>();
        foreach (var file in stored)
        {
            var seen = await LookAsync(file, cancellationToken);
            if (seen.Touched || rewriteAll)
                touched.Add(file);
            (seen.Empties ? Removed : staying).Add(file);
        }
        var oldByMonth = staying.ToLookup(f => f.Month);
        var newByMonth = (await WithNewsAsync(fresh, cancellationToken)).ToLookup(f => f.Month);
        var months = staying
            .Where(touched.Contains)
            .Select(f => f.Month)
            .Concat(newByMonth.Select(g => g.Key))
            .Distinct()
            .ToList();
        var written = new MonthFiles[months.Count];
        await Parallel.ForEachAsync(
            months.Index(),
            DeltaLake.AtOnce(cancellationToken),
            async (month, token) =>
                written[month.Index] = await RunAsync(
                    month.Item,
                    [.. oldByMonth[month.Item]],
                    touched,
                    [.. newByMonth[month.Item]],
                    token
                )
        );
        Removed.AddRange(written.SelectMany(month => month.Removed));
        Added.AddRange(written.SelectMany(month => month.Added));
        var removed = 0L;
        foreach (var file in Removed)
            removed += await files.RowsAsync(file, cancellationToken);
        Balance(
            fresh.Sum(f => f.Rows) - rules.GapsFilled - rules.Same - _overwritten,
            Added.Sum(f => f.Rows()) - removed
        );
    }

    /// <summary>The rows that stay, gathered to whole row groups. The batch is reused.</summary>
    public async IAsyncEnumerable<RowBatch> RowsAsync(
        IEnumerable<AddFile> stored,
        IEnumerable<RowFileInfo> fresh,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var full = new RowBatch(table);
        await foreach (var (batch, rows) in StayingAsync(stored, fresh, cancellationToken))
        {
            if (full.Count + rows.Count > RowFile.RowGroupRows && full.Count > 0)
            {
                yield return full;
                full.Clear();
            }
            full.AppendRows(batch, CollectionsMarshal.AsSpan(rows));
        }
        if (full.Count > 0)
            yield return full;
    }

    /// <summary>The rows that stay and that the run does not bring. The batch is reused.</summary>
    public async IAsyncEnumerable<RowBatch> RetainedAsync(
        IEnumerable<AddFile> stored,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var kept = new RowBatch(table);
        foreach (var file in stored)
        {
            await using var stream = await files.OpenAsync(file, cancellationToken);
            if (!await HasRetainedAsync(stream, cancellationToken))
                continue;
            await foreach (var batch in RowFile.ReadAsync(stream, table, null, cancellationToken))
            {
                kept.Clear();
                kept.AppendRows(batch, CollectionsMarshal.AsSpan(Stay(batch, rules.Retained)));
                if (kept.Count > 0)
                    yield return kept;
            }
        }
    }

    private async Task<MonthFiles> RunAsync(
        string? month,
        AddFile[] stored,
        HashSet<AddFile> touched,
        RowFileInfo[] fresh,
        CancellationToken cancellationToken
    )
    {
        var rewritten = stored.Where(f => touched.Contains(f) || f.Rows() < SmallFile).ToList();
        var merged = new List<RowFileInfo>();
        foreach (var file in fresh)
        {
            if (rules.TouchesFresh || file.Rows < SmallFile || await LacksColumnsAsync(file, cancellationToken))
                merged.Add(file);
        }
        var isAlone = rewritten.Count + merged.Count == 1 && !rewritten.Exists(touched.Contains) && !rules.TouchesFresh;
        if (isAlone)
            (rewritten, merged) = (
                [],
                merged.Count == 1 && await LacksColumnsAsync(merged[0], cancellationToken) ? merged : []
            );
        var added = new List<AddFile>();
        foreach (var file in fresh.Except(merged))
            added.Add(await files.AdoptAsync(runStore, file, cancellationToken));
        added.AddRange(
            await files.WriteAsync(month, RowsAsync(rewritten, merged, cancellationToken), cancellationToken)
        );
        return new MonthFiles(added, rewritten);
    }

    private sealed record MonthFiles(IReadOnlyList<AddFile> Added, IReadOnlyList<AddFile> Removed);

    /// <param name="gained">Rows that the table must gain.</param>
    /// <param name="found">Rows that it gains by what the new files hold.</param>
    private void Balance(long gained, long found)
    {
        if (found != gained)
            throw new ReconciliationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Name} does not balance: the lake must gain {gained:N0} rows by run {changes.RunId} "
                        + $"and would gain {found:N0}. Nothing was changed in this table. "
                )
                    + "Start again: the run is published again. If the same is lost again, report it with the "
                    + "run's folder."
            );
    }

    /// <summary>The run's files with rows that the table does not have already.</summary>
    private async Task<List<RowFileInfo>> WithNewsAsync(
        IReadOnlyList<RowFileInfo> fresh,
        CancellationToken cancellationToken
    )
    {
        var news = new List<RowFileInfo>();
        foreach (var file in fresh.Where(f => f.Rows > 0))
        {
            if (!rules.TouchesFresh || await HasNewsAsync(file, cancellationToken))
                news.Add(file);
        }
        return news;
    }

    private async Task<bool> HasNewsAsync(RowFileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
        await foreach (var batch in RowFile.ReadAsync(stream, table, rules.Columns, cancellationToken))
        {
            if (Enumerable.Range(0, batch.Count).Any(row => rules.Fresh(batch, row) != RowFate.Drop))
                return true;
        }
        return false;
    }

    /// <summary>Whether a file holds rows that change, and whether none of its rows stay.</summary>
    private async Task<(bool Touched, bool Empties)> LookAsync(AddFile file, CancellationToken cancellationToken)
    {
        if (!rules.TouchesStored)
            return (false, false);
        var (touched, staying) = (false, false);
        await using var stream = await files.OpenAsync(file, cancellationToken);
        if (await IsReadAsync(stream, cancellationToken))
            await CompareAsync(stream, cancellationToken);
        await foreach (var batch in RowFile.ReadAsync(stream, table, rules.Columns, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var fate = rules.Stored(batch, row);
                touched |= fate != RowFate.Keep;
                _overwritten += fate == RowFate.Drop ? 1 : 0;
                staying |= fate != RowFate.Drop;
            }
        }
        return (touched, !staying);
    }

    /// <summary>Whether the run brings any of a file's rows.</summary>
    private async Task<bool> IsReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (var batch in RowFile.ReadAsync(stream, table, [], cancellationToken))
        {
            if (Enumerable.Range(0, batch.Count).Any(row => rules.IsRead(batch, row)))
                return true;
        }
        return false;
    }

    private async Task<bool> HasRetainedAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (var batch in RowFile.ReadAsync(stream, table, rules.Columns, cancellationToken))
        {
            if (Enumerable.Range(0, batch.Count).Any(row => rules.Retained(batch, row) != RowFate.Drop))
                return true;
        }
        return false;
    }

    private async Task CompareAsync(Stream stream, CancellationToken cancellationToken)
    {
        var hash = new RowHash(table);
        await foreach (var batch in RowFile.ReadAsync(stream, table, null, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (rules.IsRead(batch, row))
                    rules.Compare(batch, row, (ulong)hash.OfWhole(batch, row));
            }
        }
    }

    /// <summary>A run file from before a column was added would show nulls where there must be none.</summary>
    private async Task<bool> LacksColumnsAsync(RowFileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
        var footer = await RowFile.ReadFooterAsync(stream, table, cancellationToken);
        return table.Columns.Any(c => !c.Type.IsNullable && !footer.Columns.ContainsKey(c.Name));
    }

    private async IAsyncEnumerable<(RowBatch Batch, List<int> Rows)> StayingAsync(
        IEnumerable<AddFile> stored,
        IEnumerable<RowFileInfo> fresh,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var file in stored)
        {
            await using var stream = await files.OpenAsync(file, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, null, cancellationToken))
                yield return (batch, Stay(batch, rules.Stored));
        }
        foreach (var file in fresh)
        {
            await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, null, cancellationToken))
                yield return (batch, Stay(batch, rules.Fresh));
        }
    }

    private List<int> Stay(RowBatch batch, Func<RowBatch, int, RowFate> fate)
    {
        var staying = new List<int>(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            var decided = fate(batch, row);
            if (decided == RowFate.Tombstone)
                SystemColumns.Tombstone(batch, row, changes.RunId, changes.ExtractedAt);
            if (decided != RowFate.Drop)
                staying.Add(row);
        }
        return staying;
    }
}

/// <summary>What a run brings to one table.</summary>
/// <param name="Tables">Every table of the star.</param>
internal sealed record TableInput(
    ChangeSet Changes,
    TableChange Change,
    Table Table,
    IReadOnlyList<Table> Tables,
    IStore RunStore
)
{
    /// <param name="hasRows">False when the lake's table is empty: then the run's keys matter only where rows are gone
    /// as well.</param>
    /// <param name="keepsSame">Whether rows that say the same as those that are there are to be told from
    /// others.</param>
    public async Task<MergeRules> RulesAsync(bool hasRows, bool keepsSame, CancellationToken cancellationToken)
    {
        var keys =
            hasRows || Change.Deleted.Count > 0
                ? await RunKeys.OfAsync(RunStore, Table, Change, hashes: hasRows && keepsSame, cancellationToken)
                : RunKeys.None;
        var claims = new List<DeleteRules>();
        foreach (var claim in hasRows ? Change.DeleteScopes : [])
            claims.Add(await RulesAsync(claim, cancellationToken));
        return new MergeRules(Change, keys, claims);
    }

    /// <summary>Inferred parents say nothing about their children.</summary>
    private async Task<DeleteRules> RulesAsync(DeleteScope claim, CancellationToken cancellationToken)
    {
        if (
            claim.Parent is not { } parent
            || Changes.Tables.FirstOrDefault(c => c.Table == parent.Table) is not { } change
        )
            return new DeleteRules(claim, Table, KeySet.Empty, KeySet.Empty);
        var read = claim.ReplacesChildren
            ? (
                await RunKeys.OfAsync(
                    RunStore,
                    Tables.Single(t => t.Name == parent.Table),
                    change,
                    hashes: false,
                    cancellationToken
                )
            ).Read
            : KeySet.Empty;
        return new DeleteRules(claim, Table, read, new KeySet([.. change.Deleted]));
    }
}

/// <summary>The row files of a run.</summary>
internal static class RunFiles
{
    /// <summary>Before the first table is changed: so that no damage found on the way leaves the lake with half a
    /// run.</summary>
    /// <exception cref="SinkException">A file is not what was written.</exception>
    public static async Task CheckAsync(ChangeSet changes, IStore runStore, CancellationToken cancellationToken)
    {
        foreach (var file in changes.Tables.SelectMany(change => change.Files))
        {
            await using var whole = await runStore.OpenAsync(
                file.Path,
                file.Checksum,
                RowFile.Advice,
                cancellationToken
            );
        }
    }

    /// <exception cref="SinkException">The file is not there or not what was written.</exception>
    public static async Task<Stream> OpenAsync(
        IStore runStore,
        Table table,
        RowFileInfo file,
        CancellationToken cancellationToken
    ) =>
        await runStore.OpenAsync(file.Path, file.Checksum, RowFile.Advice, cancellationToken)
        ?? throw new SinkException(
            $"The run's row file '{file.Path}' of table {table} is not in {runStore.Location}. {RowFile.Advice}"
        );
}
