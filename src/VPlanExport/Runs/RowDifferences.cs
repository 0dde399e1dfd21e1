using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>A row that is not the same in lake and warehouse.</summary>
/// <param name="Month">Of its business date, <c>2026-10</c>; empty where it has none.</param>
/// <param name="Difference"><c>missing</c> in the warehouse, <c>added</c> there, or <c>changed</c>.</param>
/// <param name="Columns">Of a changed row: the columns that differ.</param>
public sealed record RowDifference(long Key, string Month, string Difference, IReadOnlyList<string> Columns);

/// <summary>The rows of a table that are not the same in lake and warehouse.</summary>
/// <param name="Count">All of them.</param>
/// <param name="First">By month and key, at most <see cref="Shown"/>.</param>
public sealed record RowDifferences(long Count, IReadOnlyList<RowDifference> First)
{
    public const int Shown = 100;

    /// <summary>Holds a hash of each row of the months that differ, and the rows that are shown.</summary>
    /// <param name="months">Those that differ.</param>
    internal static async Task<RowDifferences> FindAsync(
        Table table, IReadOnlyList<string> months, Sinks sinks, CancellationToken cancellationToken)
    {
        var lake = await HashesAsync(table, months, sinks.Lake, cancellationToken);
        var warehouse = (await sinks.Warehouse.ReadAsync(
            [table], (_, rows) => Hashes(table, months, rows), cancellationToken))[0];
        var different = lake.Keys.Union(warehouse.Keys)
            .Select(key => (Key: key, Lake: lake.GetValueOrDefault(key), Warehouse: warehouse.GetValueOrDefault(key)))
            .Where(d => d.Lake != d.Warehouse)
            .OrderBy(d => d.Lake.Rows > 0 ? d.Lake.Month : d.Warehouse.Month).ThenBy(d => d.Key).ToList();
        var shown = different.Take(Shown).ToList();
        var changed = shown.Where(d => d.Lake.Rows == d.Warehouse.Rows).Select(d => d.Key).ToHashSet();
        var columns = await ColumnsAsync(table, changed, sinks, cancellationToken);
        return new RowDifferences(different.Count, [.. shown.Select(d => new RowDifference(
            d.Key,
            RowMonth.Name(d.Lake.Rows > 0 ? d.Lake.Month : d.Warehouse.Month),
            d.Lake.Rows == d.Warehouse.Rows ? "changed" : d.Lake.Rows > d.Warehouse.Rows ? "missing" : "added",
            columns.GetValueOrDefault(d.Key) ?? []))]);
    }

    private static async Task<Dictionary<long, KeyHash>> HashesAsync(
        Table table, IReadOnlyList<string> months, Lake lake, CancellationToken cancellationToken)
    {
        var hashes = new KeyHashes(table, months);
        await foreach (var batch in lake.ReadAsync(table, cancellationToken: cancellationToken))
            hashes.Add(batch);
        return hashes.ByKey;
    }

    private static Dictionary<long, KeyHash> Hashes(
        Table table, IReadOnlyList<string> months, IEnumerable<RowBatch> rows)
    {
        var hashes = new KeyHashes(table, months);
        foreach (var batch in rows)
            hashes.Add(batch);
        return hashes.ByKey;
    }

    /// <summary>By key of a row that both have: the columns that differ.</summary>
    private static async Task<Dictionary<long, List<string>>> ColumnsAsync(
        Table table, HashSet<long> keys, Sinks sinks, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return [];
        var lake = new RowBatch(table);
        await foreach (var batch in sinks.Lake.ReadAsync(table, cancellationToken: cancellationToken))
            Keep(batch, keys, lake);
        var warehouse = (await sinks.Warehouse.ReadAsync([table], (_, rows) =>
        {
            var kept = new RowBatch(table);
            foreach (var batch in rows)
                Keep(batch, keys, kept);
            return kept;
        }, cancellationToken))[0];
        var places = Enumerable.Range(0, warehouse.Count).ToLookup(warehouse.Key);
        return Enumerable.Range(0, lake.Count).GroupBy(lake.Key)
            .ToDictionary(rows => rows.Key, rows => Different(lake, rows.First(), warehouse, places[rows.Key].First()));
    }

    private static void Keep(RowBatch batch, HashSet<long> keys, RowBatch kept)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (keys.Contains(batch.Key(row)))
                kept.AppendFrom(batch, row);
        }
    }

    private static List<string> Different(RowBatch lake, int row, RowBatch warehouse, int other) =>
    [
        .. RowHash.Compared(lake.Table).Where(c => !lake[c].SameValue(row, warehouse[c], other))
            .Select(c => lake.Table.Columns[c].Name),
    ];

    /// <summary>The rows of one key: one, unless somebody has repeated it.</summary>
    private readonly record struct KeyHash(int Rows, int Month, UInt128 Hash);

    private sealed class KeyHashes(Table table, IReadOnlyList<string> months)
    {
        private readonly RowHash _hash = new(table);
        private readonly RowMonth _month = new(table);

        public Dictionary<long, KeyHash> ByKey { get; } = [];

        public void Add(RowBatch batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var month = _month.Of(batch, row);
                if (!months.Contains(RowMonth.Name(month)))
                    continue;
                var (there, hash) = (ByKey.GetValueOrDefault(batch.Key(row)), _hash.OfWhole(batch, row));
                ByKey[batch.Key(row)] = new KeyHash(there.Rows + 1, month, unchecked(there.Hash + hash));
            }
        }
    }
}
