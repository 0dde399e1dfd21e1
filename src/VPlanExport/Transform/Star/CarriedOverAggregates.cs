using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Star;

/// <summary>
/// A record that comes without a list keeps the list's elements; so what they add up to stays as well. The lake is only
/// asked when there is such a record.
/// </summary>
internal sealed class CarriedOverAggregates(IBaseline baseline)
{
    private readonly Dictionary<Column, Dictionary<long, long>> _before = [];

    /// <summary>Fills the sums and counts of the batch's rows whose record came without the list.</summary>
    public async Task KeepAsync(Entity entity, RowBatch batch, PageReader reader)
    {
        foreach (var column in batch.Table.Columns.Where(c => c.Source is Source.Sum or Source.Count))
        {
            var list = entity.Tables.FirstOrDefault(t => t.Path == ArrayOf(column.Source));
            var absent = list is null ? null : reader.Seen(list).AbsentIn.ToHashSet();
            if (absent is { Count: 0 })
                continue;
            var rows = Enumerable
                .Range(0, batch.Count)
                .Where(row => batch[column.Name].IsNull(row) && absent?.Contains(batch.Key(row)) != false)
                .ToList();
            if (rows.Count == 0)
                continue;
            var known = await BeforeAsync(batch.Table, column);
            foreach (var row in rows.Where(row => known.ContainsKey(batch.Key(row))))
                Set(batch[column.Name], row, known[batch.Key(row)]);
        }
    }

    private static string? ArrayOf(Source source) =>
        source switch
        {
            Source.Sum sum => sum.Array,
            Source.Count count => count.Array,
            _ => null,
        };

    private async Task<Dictionary<long, long>> BeforeAsync(Table table, Column column)
    {
        if (_before.TryGetValue(column, out var known))
            return known;
        known = _before[column] = [];
        await foreach (var batch in baseline.Before(table, [table.Key.Name, column.Name]))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (!batch[column.Name].IsNull(row))
                    known[batch.Key(row)] = batch[column.Name] is ColumnBuffer<int> small
                        ? small[row]
                        : batch.Typed<long>(column.Name)[row];
            }
        }
        return known;
    }

    private static void Set(ColumnBuffer buffer, int row, long value)
    {
        if (buffer is ColumnBuffer<int> small)
            small.Set(row, (int)value);
        else
            ((ColumnBuffer<long>)buffer).Set(row, value);
    }
}
