using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using VPlanExport.Dialects;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>
/// Delta tables in a store, one folder a table, that always show the current state. Each table's log is read once: open
/// a lake when its lock is held, or for one look.
/// </summary>
internal sealed class DeltaLake(IStore store, TimeProvider clock)
{
    private const string SetFile = "lake.json";

    private readonly ConcurrentDictionary<string, DeltaLog> _logs = new(StringComparer.Ordinal);
    private Task<ConsistentSet?>? _set;

    /// <summary>What the paths of files are relative to.</summary>
    public IStore Store => store;

    /// <summary>Puts, reads back and deletes a probe, and compares the tables' schemas with the lake's.</summary>
    /// <exception cref="SinkException">The lake cannot be written, or a table there cannot become the declared
    /// one.</exception>
    public async Task CheckWritableAsync(IReadOnlyList<Table>? tables, CancellationToken cancellationToken)
    {
        var probe = $"probe-{Guid.NewGuid():N}";
        await store.PutAsync(
            probe,
            stream => stream.WriteAsync("probe"u8.ToArray(), cancellationToken).AsTask(),
            cancellationToken
        );
        await using (var back = await store.OpenAsync(probe, cancellationToken))
        {
            if (back is null || await new StreamReader(back).ReadToEndAsync(cancellationToken) != "probe")
                throw new SinkException(
                    $"What was put in {store.Location} cannot be read back: check the disk and the folder."
                );
        }
        await store.DeleteAsync(probe, cancellationToken);
        foreach (var table in tables ?? [])
        {
            if (await TableOf(table).SnapshotAsync(cancellationToken) is { } snapshot)
                TableOf(table).AddedColumns(snapshot);
        }
    }

    /// <summary>Applies a run to every table it changes; tables that have it already stay as they are.</summary>
    /// <returns>The version of every table that exists.</returns>
    /// <exception cref="SinkException">A table cannot be read or written; those committed before stay committed and are
    /// skipped next time.</exception>
    public async Task<IReadOnlyDictionary<string, long>> PublishAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        await RunFiles.CheckAsync(changes, runStore, cancellationToken);
        var versions = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            tables,
            AtOnce(cancellationToken),
            async (table, token) =>
            {
                if (await PublishAsync(table, changes, runStore, tables, token) is { } version)
                    versions[table.Name] = version;
            }
        );
        return versions.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Names the versions that belong together: the last thing a publication does.</summary>
    /// <param name="sequence">Of the last run in them.</param>
    /// <param name="environment">Whose data it is; null for what the lake says already.</param>
    /// <param name="reads">How each entity was last read; null for what the lake says already.</param>
    public async Task PutConsistentSetAsync(
        string runId,
        long sequence,
        IReadOnlyDictionary<string, long> versions,
        CancellationToken cancellationToken,
        VPlanEnvironment? environment = null,
        IReadOnlyDictionary<string, ReadProof>? reads = null
    )
    {
        var earlier = await TrustedSetAsync(cancellationToken);
        var set = new ConsistentSet(runId, versions, clock.GetUtcNow())
        {
            Sequence = sequence,
            Environment = environment ?? earlier?.Environment,
            Reads = reads ?? earlier?.Reads,
        };
        _set = null;
        await store.PutJsonAsync(SetFile, set, cancellationToken);
        _set = Task.FromResult<ConsistentSet?>(set);
    }

    /// <summary>Whose data the lake holds; null where it does not say.</summary>
    public async Task<VPlanEnvironment?> EnvironmentAsync(CancellationToken cancellationToken) =>
        (await TrustedSetAsync(cancellationToken))?.Environment;

    /// <summary>The last consistent set, or null when there is none.</summary>
    public Task<ConsistentSet?> ReadConsistentSetAsync(CancellationToken cancellationToken) =>
        store.ReadJsonAsync<ConsistentSet>(SetFile, "Delete it: the next run writes it again.", cancellationToken);

    /// <summary>The sequence of the last change committed to a table, or null when there is none.</summary>
    public async Task<long?> LastAppliedAsync(Table table, CancellationToken cancellationToken) =>
        (await TableOf(table).SnapshotAsync(cancellationToken))?.LastApplied(LakeTable.AppId);

    /// <summary>
    /// For each table the sequence up to which it holds every run; 0 when it is not there. A run that changes no row of
    /// a table leaves no commit there, so that the last consistent set speaks for the tables that it names.
    /// </summary>
    /// <exception cref="SinkException">A table's log cannot be read.</exception>
    public async Task<IReadOnlyList<long>> SequencesAsync(
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        var set = await TrustedSetAsync(cancellationToken);
        var sequences = new List<long>();
        foreach (var table in tables)
        {
            var snapshot = await TableOf(table).SnapshotAsync(cancellationToken);
            var named =
                snapshot is not null
                && set?.Versions.TryGetValue(table.Name, out var version) == true
                && version <= snapshot.Version
                    ? set.Sequence
                    : null;
            sequences.Add(Math.Max(snapshot?.LastApplied(LakeTable.AppId) ?? 0, named ?? 0));
        }
        return sequences;
    }

    /// <summary>The rows of a table as they are. The batch is reused.</summary>
    /// <param name="columns">The columns wanted; null for all.</param>
    public IAsyncEnumerable<RowBatch> ReadAsync(
        Table table,
        IReadOnlyCollection<string>? columns,
        CancellationToken cancellationToken
    ) => ReadAsync(table, version: null, columns, cancellationToken);

    /// <summary>The rows of a table as they are now or at a version; none when there is no such table. The batch is
    /// reused.</summary>
    public IAsyncEnumerable<RowBatch> ReadAsync(
        Table table,
        long? version,
        IReadOnlyCollection<string>? columns,
        CancellationToken cancellationToken
    ) => TableOf(table).ReadAsync(version, columns, cancellationToken);

    /// <summary>The files that a version of a table consists of: others in its folder were replaced, or are being
    /// written.</summary>
    public Task<IReadOnlyList<LakeFile>> FilesAsync(Table table, long version, CancellationToken cancellationToken) =>
        TableOf(table).FilesAsync(version, cancellationToken);

    /// <summary>The rows of a table as they will be when a run that is not published yet has been. The batch is
    /// reused.</summary>
    public IAsyncEnumerable<RowBatch> ReadAfterAsync(
        Table table,
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => TableOf(table).ReadAfterAsync(InputOf(table, changes, runStore, tables), cancellationToken);

    /// <summary>Those of them that the run does not bring. The batch is reused.</summary>
    public IAsyncEnumerable<RowBatch> ReadRetainedAsync(
        Table table,
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => TableOf(table).ReadRetainedAsync(InputOf(table, changes, runStore, tables), cancellationToken);

    /// <summary>The first table that cannot be taken back to what it was after a run, because vacuum has removed its
    /// log or a file of it; null when all can.</summary>
    public async Task<Table?> LostAsync(long sequence, IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            if (!await RestoreOf(table).IsPossibleAsync(sequence, cancellationToken))
                return table;
        }
        return null;
    }

    /// <summary>Reads every file of the tables as they were after a run.</summary>
    /// <exception cref="SinkException">One is damaged or missing.</exception>
    public async Task VerifyAsync(long sequence, IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
            await RestoreOf(table).VerifyAsync(sequence, cancellationToken);
    }

    /// <summary>Takes every table back to what it was after a run, each in one commit; those that no later run has
    /// changed stay as they are.</summary>
    /// <returns>The version of every table that exists.</returns>
    /// <exception cref="SinkException">A table cannot be read or written, or is no longer what it was; those committed
    /// before are skipped next time.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RestoreAsync(
        string runId,
        long sequence,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        // Tables go back one by one, and until the last has, the set must not speak for runs that some of them no
        // longer have.
        if (await TrustedSetAsync(cancellationToken) is { } set && set.Sequence > sequence)
            await PutConsistentSetAsync(set.Run, sequence, set.Versions, cancellationToken);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (await RestoreOf(table).RunAsync(runId, sequence, cancellationToken) is { } version)
                versions[table.Name] = version;
        }
        return versions;
    }

    /// <summary>All rows of every table as it is now, as files of the lake; no files of one that is not
    /// there.</summary>
    /// <exception cref="SinkException">One is damaged or missing.</exception>
    public async Task<IReadOnlyList<TableChange>> RowFilesAsync(
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        var all = new List<TableChange>();
        foreach (var table in tables)
            all.Add(await TableOf(table).RowFilesAsync(cancellationToken));
        return all;
    }

    /// <summary>Ids of the rows that are not deleted, not inferred and not the unknown member.</summary>
    /// <param name="wanted">Those of interest; null for all.</param>
    public async Task<IReadOnlyCollection<string>> LiveIdsAsync(
        Table table,
        Func<string, bool>? wanted,
        CancellationToken cancellationToken
    )
    {
        var column = table.Id ?? throw new ArgumentException($"Table {table.Name} has no id column.", nameof(table));
        var live = new List<string>();
        await foreach (
            var batch in ReadAsync(
                table,
                columns: [column.Name, SystemColumns.IsInferred, SystemColumns.IsDeleted],
                cancellationToken: cancellationToken
            )
        )
        {
            var ids = batch.Typed<string>(column.Name);
            live.AddRange(
                Enumerable
                    .Range(0, batch.Count)
                    .Where(row => SystemColumns.Live(batch, row) && wanted?.Invoke(ids[row]) != false)
                    .Select(row => ids[row])
            );
        }
        return live;
    }

    /// <summary>Ids of live rows whose date lies in the range, both ends included.</summary>
    /// <param name="date">A date, or a time of which the day counts.</param>
    public async Task<IReadOnlyCollection<string>> LiveIdsBetweenAsync(
        Table table,
        Column date,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var found = new List<string>();
        string[] columns = [table.Id!.Name, date.Name, SystemColumns.IsInferred, SystemColumns.IsDeleted];
        await foreach (var batch in ReadAsync(table, columns: columns, cancellationToken: cancellationToken))
        {
            var ids = batch.Typed<string>(table.Id.Name);
            found.AddRange(
                LiveRows(batch)
                    .Where(row => DayOf(batch, date, row) is { } day && day >= from && day <= to)
                    .Select(row => ids[row])
            );
        }
        return found;
    }

    /// <summary>How many rows are not deleted, not inferred and not the unknown member.</summary>
    public async Task<long> CountLiveAsync(Table table, CancellationToken cancellationToken)
    {
        var live = 0L;
        string[] columns = [SystemColumns.IsInferred, SystemColumns.IsDeleted];
        await foreach (var batch in ReadAsync(table, columns: columns, cancellationToken: cancellationToken))
            live += LiveRows(batch).Length;
        return live;
    }

    /// <summary>The places of a batch's rows that are not deleted, not inferred and not the unknown member.</summary>
    public static int[] LiveRows(RowBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Where(row => SystemColumns.Live(batch, row))];

    /// <summary>What the tables hold of forgotten people, in their rows of now and in older files and versions. Changes
    /// nothing.</summary>
    public async Task<IReadOnlyList<ForgottenTable>> FindAsync(
        Forgetting forgetting,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        var found = new List<ForgottenTable>();
        foreach (var table in tables)
            found.Add(await ForgetOf(table, forgetting).FindAsync(cancellationToken));
        return found;
    }

    /// <summary>Replaces forgotten people in the rows of the tables, each in one commit, and names the versions that
    /// belong together.</summary>
    public async Task ForgetAsync(
        Forgetting forgetting,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        if (await ReadConsistentSetAsync(cancellationToken) is not { } set)
            return;
        var versions = new Dictionary<string, long>(set.Versions, StringComparer.Ordinal);
        foreach (var table in tables)
        {
            if (await ForgetOf(table, forgetting).RunAsync(cancellationToken) is { } version)
                versions[table.Name] = version;
        }
        await PutConsistentSetAsync(set.Run, set.Sequence ?? 0, versions, cancellationToken, set.Environment);
    }

    /// <summary>Removes files and log entries of older versions that tell of forgotten people. Those who read by
    /// <c>lake.json</c> see the new version already.</summary>
    public async Task DropHistoryAsync(
        Forgetting forgetting,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in tables)
            await ForgetOf(table, forgetting).DropHistoryAsync(cancellationToken);
    }

    /// <summary>Deletes what no version of the last <paramref name="retention"/> needs, and files of writers that died
    /// more than a day ago.</summary>
    /// <param name="retention">At most 30 days: tombstones are not kept longer.</param>
    public async Task VacuumAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retention, LakeTable.TombstonesKept);
        ArgumentOutOfRangeException.ThrowIfLessThan(retention, TimeSpan.Zero);
        var named = (await ReadConsistentSetAsync(cancellationToken))?.Versions ?? new Dictionary<string, long>();
        foreach (var table in (await store.FoldersAsync("", cancellationToken)).Where(name => !name.StartsWith('_')))
        {
            var own = await store.ListAsync($"{table}/", cancellationToken);
            if (own.Any(f => f.Path.StartsWith(LogFiles.Folder(table), StringComparison.Ordinal)))
                await new Vacuum(store, LogOf(table), table, clock).RunAsync(
                    own,
                    retention,
                    named.TryGetValue(table, out var version) ? version : null,
                    cancellationToken
                );
        }
    }

    private Task<ConsistentSet?> TrustedSetAsync(CancellationToken cancellationToken) =>
        _set ??= ReadTrustedSetAsync(cancellationToken);

    /// <summary>A damaged set stops no run: the tables' logs say what they hold, and the run puts the set
    /// again.</summary>
    private async Task<ConsistentSet?> ReadTrustedSetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadConsistentSetAsync(cancellationToken);
        }
        catch (SinkException)
        {
            return null;
        }
    }

    private async Task<long?> PublishAsync(
        Table table,
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        var change = changes.Tables.FirstOrDefault(c => c.Table == table.Name);
        if (change is null)
            return (await TableOf(table).SnapshotAsync(cancellationToken))?.Version;
        return await TableOf(table)
            .PublishAsync(new TableInput(changes, change, table, tables, runStore), cancellationToken);
    }

    /// <summary>How many tables, and months of a table, are written at the same time.</summary>
    internal static ParallelOptions AtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Parallelism.Most, CancellationToken = cancellationToken };

    private static TableInput InputOf(Table table, ChangeSet changes, IStore runStore, IReadOnlyList<Table> tables) =>
        new(changes, changes.Tables.Single(c => c.Table == table.Name), table, tables, runStore);

    private static DateOnly? DayOf(RowBatch batch, Column date, int row) =>
        batch[date.Name].IsNull(row) ? null
        : date.Type.Kind == ColumnKind.Date ? batch.Typed<DateOnly>(date.Name)[row]
        : DateOnly.FromDateTime(batch.Typed<DateTime>(date.Name)[row]);

    private LakeTable TableOf(Table table) => new(store, LogOf(table.Name), table, clock);

    private TableForget ForgetOf(Table table, Forgetting forgetting) =>
        new(store, LogOf(table.Name), table, forgetting, clock);

    private TableRestore RestoreOf(Table table) => new(store, LogOf(table.Name), table, clock);

    /// <summary>The months of a partitioned table that its commit of that version touched, as 2026-10; null is of rows
    /// without a date.</summary>
    public async Task<IReadOnlyCollection<string?>> MonthsAsync(
        Table table,
        long version,
        CancellationToken cancellationToken
    )
    {
        var actions = await LogOf(table.Name).ReadCommitAsync(version, cancellationToken) ?? [];
        return
        [
            .. actions.SelectMany(Partitions).Select(p => p.GetValueOrDefault(DeltaTypes.PartitionColumn)).Distinct(),
        ];

        static IEnumerable<Dictionary<string, string?>> Partitions(DeltaAction action) =>
            new[] { action.Add?.PartitionValues, action.Remove?.PartitionValues }.OfType<Dictionary<string, string?>>();
    }

    private DeltaLog LogOf(string table) => _logs.GetOrAdd(table, name => new DeltaLog(store, name));
}

/// <summary>Which versions of the tables belong together: <c>lake.json</c>, put when a run has been published
/// whole.</summary>
internal sealed record ConsistentSet(
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("versions")] IReadOnlyDictionary<string, long> Versions,
    [property: JsonPropertyName("publishedAt")] DateTimeOffset PublishedAt
)
{
    /// <summary>Whose data it is; null in a set that an earlier version put.</summary>
    [JsonPropertyName("environment")]
    public VPlanEnvironment? Environment { get; init; }

    /// <summary>Of the run; null in a set that an earlier version put: there every table has a commit of the
    /// run.</summary>
    [JsonPropertyName("sequence")]
    public long? Sequence { get; init; }

    /// <summary>How each entity was last read; null in a set that an earlier version put.</summary>
    [JsonPropertyName("reads")]
    public IReadOnlyDictionary<string, ReadProof>? Reads { get; init; }
}

/// <summary>A Parquet file of a version of a table.</summary>
/// <param name="Path">In the lake.</param>
/// <param name="Columns">What it holds, in its order: one that was written before a column was there lacks it.</param>
internal sealed record LakeFile(string Path, IReadOnlyList<string> Columns);
