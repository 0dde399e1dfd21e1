using System.Globalization;
using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>What a sink holds of a table, for comparing two sinks.</summary>
/// <param name="Rows">All rows, deleted and inferred ones and the unknown member too.</param>
/// <param name="Live">Rows that are none of these, and their minutes and hours.</param>
/// <param name="Keys">The sum of the live rows' keys, each modulo 1,000,003.</param>
/// <param name="Months">All rows by month, in order.</param>
public sealed record TableContent(long Rows, Tally Live, long Keys, IReadOnlyList<MonthContent> Months)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Live}, {Rows - Live.Rows:N0} not live");

    /// <summary>The months in which the other content has other rows, or rows that say something else.</summary>
    public IReadOnlyList<string> DifferentMonths(TableContent other) =>
    [
        .. Months.Except(other.Months).Concat(other.Months.Except(Months))
            .Select(m => m.Month).Distinct().Order(StringComparer.Ordinal),
    ];
}

/// <summary>A month of a table.</summary>
/// <param name="Month">Of the rows' business date, <c>2026-10</c>; empty for rows and tables without one.</param>
/// <param name="Checksum">Of every column but <c>run_id</c> and <c>extracted_at</c>, in any order of the rows: 32 hexadecimal digits.</param>
public sealed record MonthContent(string Month, long Rows, string Checksum);

/// <summary>Adds up a table's rows.</summary>
internal sealed class ContentSum(Table table)
{
    private const long Modulus = 1_000_003;
    private readonly RowHash _hash = new(table);
    private readonly RowMonth _month = new(table);
    private readonly SortedDictionary<int, (long Rows, UInt128 Hashes)> _months = [];
    private long _keys;
    private Tally _live;

    public TableContent Content => new(
        _months.Values.Sum(m => m.Rows), _live, _keys,
        [.. _months.Select(m => new MonthContent(RowMonth.Name(m.Key), m.Value.Rows, Text(m.Value.Hashes)))]);

    public static TableContent Of(Table table, IEnumerable<RowBatch> batches)
    {
        var sum = new ContentSum(table);
        foreach (var batch in batches)
            sum.Add(batch);
        return sum.Content;
    }

    public static async Task<TableContent> OfAsync(Table table, IAsyncEnumerable<RowBatch> batches)
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
        var live = Lake.LiveRows(batch);
        _keys += live.Sum(row => batch.Key(row) % Modulus);
        _live += Tally.Of(batch, live);
        for (var row = 0; row < batch.Count; row++)
        {
            var (month, hash) = (_month.Of(batch, row), _hash.OfWhole(batch, row));
            var (rows, hashes) = _months.GetValueOrDefault(month);
            _months[month] = (rows + 1, unchecked(hashes + hash));
        }
    }
}
