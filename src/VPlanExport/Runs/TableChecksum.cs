using System.Globalization;
using VPlanExport.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>What a sink holds of a table, for comparing two sinks.</summary>
/// <param name="Rows">All rows, deleted and inferred ones and the unknown member too.</param>
/// <param name="Live">Rows that are none of these, and their minutes and hours.</param>
/// <param name="Keys">The sum of the live rows' keys, each modulo 1,000,003.</param>
/// <param name="Months">All rows by month, in order.</param>
internal sealed record TableChecksum(long Rows, ControlTotals Live, long Keys, IReadOnlyList<MonthContent> Months)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Live}, {Rows - Live.Rows:N0} not live");

    /// <summary>The months in which the other content has other rows, or rows that say something else.</summary>
    public IReadOnlyList<string> DifferentMonths(TableChecksum other) =>
        [
            .. Months
                .Except(other.Months)
                .Concat(other.Months.Except(Months))
                .Select(m => m.Month)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>A month of a table.</summary>
/// <param name="Month">Of the rows' business date, <c>2026-10</c>; empty for rows and tables without one.</param>
/// <param name="Checksum">Of every column but <c>run_id</c> and <c>extracted_at</c>, in any order of the rows: 32
/// hexadecimal digits.</param>
internal sealed record MonthContent(string Month, long Rows, string Checksum);

/// <summary>Adds up a table's rows.</summary>
internal sealed class ContentSum(Table table)
{
    private const long Modulus = 1_000_003;
    private readonly RowHash _hash = new(table);
    private readonly RowMonth _month = new(table);
    private readonly SortedDictionary<int, (long Rows, UInt128 Hashes)> _months = [];
    private long _keys;
    private ControlTotals _live;

    public TableChecksum Content =>
        new(
            _months.Values.Sum(m => m.Rows),
            _live,
            _keys,
            [.. _months.Select(m => new MonthContent(RowMonth.Name(m.Key), m.Value.Rows, Text(m.Value.Hashes)))]
        );

    public static TableChecksum Of(Table table, IEnumerable<RowBatch> batches)
    {
        var sum = new ContentSum(table);
        foreach (var batch in batches)
            sum.Add(batch);
        return sum.Content;
    }

    public static async Task<TableChecksum> OfAsync(Table table, IAsyncEnumerable<RowBatch> batches)
    {
        var sum = new ContentSum(table);
        await foreach (var batch in batches)
            sum.Add(batch);
        return sum.Content;
    }

    private static string Text(UInt128 checksum) => checksum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>A sum of hashes does not depend on the order of the rows, and a repeated row counts twice.</summary>
    private void Add(RowBatch batch)
    {
        var live = DeltaLake.LiveRows(batch);
        _keys += live.Sum(row => batch.Key(row) % Modulus);
        _live += ControlTotals.Of(batch, live);
        for (var row = 0; row < batch.Count; row++)
        {
            var (month, hash) = (_month.Of(batch, row), _hash.OfWhole(batch, row));
            var (rows, hashes) = _months.GetValueOrDefault(month);
            _months[month] = (rows + 1, unchecked(hashes + hash));
        }
    }
}

/// <summary>A row that is not the same in lake and warehouse.</summary>
/// <param name="Month">Of its business date, <c>2026-10</c>; empty where it has none.</param>
/// <param name="Difference"><c>missing</c> in the warehouse, <c>added</c> there, or <c>changed</c>.</param>
/// <param name="Columns">Of a changed row: the columns that differ.</param>
internal sealed record RowDifference(long Key, string Month, string Difference, IReadOnlyList<string> Columns);

/// <summary>The rows of a table that are not the same in lake and warehouse.</summary>
/// <param name="Count">All of them.</param>
/// <param name="First">By month and key, at most <see cref="Shown"/>.</param>
internal sealed record RowDifferences(long Count, IReadOnlyList<RowDifference> First)
{
    public const int Shown = 100;

    /// <summary>Holds a hash of each row of the months that differ, and the rows that are shown.</summary>
    /// <param name="months">Those that differ.</param>
    internal static async Task<RowDifferences> FindAsync(
        Table table,
        IReadOnlyList<string> months,
        Sinks sinks,
        CancellationToken cancellationToken
    )
    {
        var lake = await HashesAsync(table, months, sinks.Lake, cancellationToken);
        var warehouse = (
            await sinks.Warehouse.ReadAsync([table], (_, rows) => Hashes(table, months, rows), cancellationToken)
        )[0];
        var different = lake
            .Keys.Union(warehouse.Keys)
            .Select(key => (Key: key, Lake: lake.GetValueOrDefault(key), Warehouse: warehouse.GetValueOrDefault(key)))
            .Where(d => d.Lake != d.Warehouse)
            .OrderBy(d => d.Lake.Rows > 0 ? d.Lake.Month : d.Warehouse.Month)
            .ThenBy(d => d.Key)
            .ToList();
        var shown = different.Take(Shown).ToList();
        var changed = shown.Where(d => d.Lake.Rows == d.Warehouse.Rows).Select(d => d.Key).ToHashSet();
        var columns = await ColumnsAsync(table, changed, sinks, cancellationToken);
        return new RowDifferences(
            different.Count,
            [
                .. shown.Select(d => new RowDifference(
                    d.Key,
                    RowMonth.Name(d.Lake.Rows > 0 ? d.Lake.Month : d.Warehouse.Month),
                    d.Lake.Rows == d.Warehouse.Rows ? "changed"
                        : d.Lake.Rows > d.Warehouse.Rows ? "missing"
                        : "added",
                    columns.GetValueOrDefault(d.Key) ?? []
                )),
            ]
        );
    }

    private static async Task<Dictionary<long, KeyHash>> HashesAsync(
        Table table,
        IReadOnlyList<string> months,
        DeltaLake lake,
        CancellationToken cancellationToken
    )
    {
        var hashes = new KeyHashes(table, months);
        await foreach (var batch in lake.ReadAsync(table, columns: null, cancellationToken: cancellationToken))
            hashes.Add(batch);
        return hashes.ByKey;
    }

    private static Dictionary<long, KeyHash> Hashes(
        Table table,
        IReadOnlyList<string> months,
        IEnumerable<RowBatch> rows
    )
    {
        var hashes = new KeyHashes(table, months);
        foreach (var batch in rows)
            hashes.Add(batch);
        return hashes.ByKey;
    }

    /// <summary>By key of a row that both have: the columns that differ.</summary>
    private static async Task<Dictionary<long, List<string>>> ColumnsAsync(
        Table table,
        HashSet<long> keys,
        Sinks sinks,
        CancellationToken cancellationToken
    )
    {
        if (keys.Count == 0)
            return [];
        var lake = new RowBatch(table);
        await foreach (var batch in sinks.Lake.ReadAsync(table, columns: null, cancellationToken: cancellationToken))
            Keep(batch, keys, lake);
        var warehouse = (
            await sinks.Warehouse.ReadAsync(
                [table],
                (_, rows) =>
                {
                    var kept = new RowBatch(table);
                    foreach (var batch in rows)
                        Keep(batch, keys, kept);
                    return kept;
                },
                cancellationToken
            )
        )[0];
        var places = Enumerable.Range(0, warehouse.Count).ToLookup(warehouse.Key);
        return Enumerable
            .Range(0, lake.Count)
            .GroupBy(lake.Key)
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
            .. RowHash
                .Compared(lake.Table)
                .Where(c => !lake[c].SameValue(row, warehouse[c], other))
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
