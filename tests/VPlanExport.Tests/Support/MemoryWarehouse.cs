using System.Data;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Warehouse;

namespace VPlanExport.Tests.Support;

/// <summary>Settings that open one engine in memory, again and again.</summary>
internal sealed record MemoryWarehouseSettings(MemoryWarehouse Engine) : WarehouseSettings("memory", "")
{
    public override IWarehouse Open(TimeProvider clock) => Engine;
}

/// <summary>A third engine: it speaks no SQL and keeps its rows in memory, merged one at a time by the rules of <see cref="TableChange"/>.</summary>
internal sealed class MemoryWarehouse : IWarehouse
{
    private readonly Dictionary<string, SortedDictionary<long, object[]>> _star = Catalog.Tables.ToDictionary(
        t => t.Name,
        _ => new SortedDictionary<long, object[]>()
    );
    private readonly SortedDictionary<long, LoadResult> _journal = [];

    public string Location => "memory";

    private long? Last => _journal.Count == 0 ? null : _journal.Keys.Last();

    public Task<PrepareResult> PrepareAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        Task.FromResult(new PrepareResult([], LastSequence: Last));

    public async Task<LoadResult> LoadAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        RunReport log,
        CancellationToken cancellationToken
    )
    {
        if (_journal.TryGetValue(changes.Sequence, out var applied))
            return applied with { AlreadyApplied = true };
        var landed = await ReadAsync(changes, runStore, cancellationToken);
        var counts = changes.Tables.Select(c => Merge(c, changes, landed)).ToList();
        return _journal[changes.Sequence] = new LoadResult(false, counts);
    }

    public Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public async Task RestoreAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        if (!(Last > star.Sequence))
            return;
        foreach (var (table, rows) in await ReadAsync(star, store, cancellationToken))
            _star[table] = new SortedDictionary<long, object[]>(rows);
        foreach (var later in _journal.Keys.Where(s => s > star.Sequence).ToList())
            _journal.Remove(later);
    }

    public async Task ReplaceAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        foreach (var (table, rows) in await ReadAsync(star, store, cancellationToken))
        {
            foreach (var (key, row) in rows)
                _star[table][key] = row;
        }
    }

    public Task<long?> LastSequenceAsync(CancellationToken cancellationToken) => Task.FromResult(Last);

    public Task<IReadOnlyList<T>> ReadAsync<T>(
        IReadOnlyList<Table> tables,
        Func<Table, IEnumerable<RowBatch>, T> read,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<T>>([.. tables.Select(t => read(t, Batches(t)))]);

    public Task<T> AskAsync<T>(Func<WarehouseSession, T> ask, CancellationToken cancellationToken) =>
        throw new ConfigurationException("The warehouse in memory speaks no SQL.");

    public Task<IReadOnlyList<TableFreshness>> FreshnessAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TableFreshness>>([
            .. _star.Select(t => new TableFreshness(t.Key, t.Value.Count, null, null)),
        ]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Dictionary<string, Dictionary<long, object[]>>> ReadAsync(
        ChangeSet changes,
        IStore store,
        CancellationToken cancellationToken
    )
    {
        var landed = new Dictionary<string, Dictionary<long, object[]>>();
        foreach (var change in changes.Tables)
        {
            var (table, rows) = (Catalog.Table(change.Table), landed[change.Table] = []);
            await using var reader = new RowFileReader(table, change.Files, store, changes.RunId, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                object[] row = [.. table.Columns.Select((c, i) => Value(c, reader.GetValue(i)))];
                rows.Add(Convert.ToInt64(row[0], null), row);
            }
        }
        return landed;
    }

    private static object Value(Column column, object read) =>
        read is DateTime at && column.Type.Kind == ColumnKind.Date ? DateOnly.FromDateTime(at) : read;

    private TableCounts Merge(
        TableChange change,
        ChangeSet changes,
        Dictionary<string, Dictionary<long, object[]>> landed
    )
    {
        var (table, star) = (Catalog.Table(change.Table), _star[change.Table]);
        var (inserted, changed, deleted) = (0L, 0L, 0L);
        foreach (var (key, row) in landed[change.Table])
        {
            if (!star.TryGetValue(key, out var there))
                inserted++;
            else if (FillsGap(table, row) || Said(table, there).SequenceEqual(Said(table, row)))
                continue;
            else
                changed++;
            star[key] = row;
        }
        foreach (var row in star.Values.Where(r => IsGone(table, r, change, changes, landed)).ToList())
        {
            row[table.Ordinal(SystemColumns.IsDeleted)] = true;
            row[table.Ordinal("run_id")] = changes.RunId;
            row[table.Ordinal("extracted_at")] = changes.ExtractedAt;
            deleted++;
        }
        var staged = landed[change.Table].Count;
        return new TableCounts(table.Name, staged, inserted, changed, staged - inserted - changed, deleted);
    }

    private static bool IsGone(
        Table table,
        object[] row,
        TableChange change,
        ChangeSet changes,
        Dictionary<string, Dictionary<long, object[]>> landed
    )
    {
        if (FillsGap(table, row) || row[table.Ordinal(SystemColumns.IsDeleted)] is true)
            return false;
        var key = Convert.ToInt64(row[0], null);
        if (change.Deleted.Contains(key))
            return true;
        if (landed[change.Table].TryGetValue(key, out var came) && !FillsGap(table, came))
            return false;
        return change.DeleteScopes.Any(scope => IsGivenUp(table, row, scope, changes, landed));
    }

    private static bool IsGivenUp(
        Table table,
        object[] row,
        DeleteScope scope,
        ChangeSet changes,
        Dictionary<string, Dictionary<long, object[]>> landed
    )
    {
        var key = Convert.ToInt64(row[scope.Parent is null ? 0 : table.Ordinal(scope.Parent.Key)], null);
        var parents = changes.Tables.FirstOrDefault(c => c.Table == scope.Parent?.Table);
        if (parents?.Deleted.Contains(key) == true)
            return true;
        if (key == SurrogateKey.Unknown || scope.Excluded.Contains(key))
            return false;
        return scope.IsFullSnapshot
            || (
                scope.ReplacesChildren
                && parents is not null
                && landed[parents.Table].TryGetValue(key, out var parent)
                && !FillsGap(Catalog.Table(parents.Table), parent)
            );
    }

    private static bool FillsGap(Table table, object[] row) =>
        Convert.ToInt64(row[0], null) == SurrogateKey.Unknown
        || (table.Has(SystemColumns.IsInferred) && row[table.Ordinal(SystemColumns.IsInferred)] is true);

    private static IEnumerable<object> Said(Table table, object[] row) =>
        row.Where((_, i) => table.Columns[i].Name is not ("run_id" or "extracted_at"));

    private IEnumerable<RowBatch> Batches(Table table)
    {
        using var rows = new DataTable();
        using var types = new RowFileReader(table, [], null!, "", CancellationToken.None);
        foreach (var (i, column) in table.Columns.Index())
            rows.Columns.Add(
                column.Name,
                column.Type.Kind == ColumnKind.Date ? typeof(DateOnly) : types.GetFieldType(i)
            );
        foreach (var row in _star[table.Name].Values)
            rows.Rows.Add(row);
        foreach (var batch in new WarehouseReader(table, rows.CreateDataReader()).Batches())
            yield return batch;
    }
}
