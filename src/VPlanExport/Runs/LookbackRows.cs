using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>The lake's records that an endpoint's lookback is about.</summary>
internal sealed class LookbackRows(Entity entity, DateOnly from)
{
    private readonly Lookback _lookback = entity.Endpoint.Lookback!;
    private readonly List<string> _askedFor = [];
    private readonly List<(DateTime Read, string Id)> _open = [];

    /// <summary>
    /// Ids of every live record that is found by its dates or its value, and of open records that are not: of these the ones that were read longest ago, so
    /// that each has its turn.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> IdsAsync(Lake lake, CancellationToken cancellationToken)
    {
        string[] columns = [entity.Main.Id!.Name, .. Columns, "extracted_at", SystemColumns.IsInferred, SystemColumns.IsDeleted];
        await foreach (var batch in lake.ReadAsync(entity.Main, columns: columns, cancellationToken: cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (SystemColumns.Live(batch, row))
                    Take(batch, row);
            }
        }
        return [.. _askedFor, .. _open.Order().Take(EntityReading.ByIdANight).Select(open => open.Id)];
    }

    private IEnumerable<string> Columns => new[] { _lookback.Open?.Property, _lookback.EmptyWhileOpen }.OfType<string>().Concat(_lookback.Dates).Select(Column);

    private void Take(RowBatch batch, int row)
    {
        var id = batch.Typed<string>(entity.Main.Id!.Name)[row];
        if (_lookback.Dates.Any(date => IsRecent(batch.Typed<DateOnly>(Column(date)), row)) || (_lookback.Open is { } open && open.Values.Contains(batch.Typed<string>(Column(open.Property))[row])))
            _askedFor.Add(id);
        else if (_lookback.EmptyWhileOpen is { } empty && batch[Column(empty)].IsNull(row))
            _open.Add((batch.Typed<DateTime>("extracted_at")[row], id));
    }

    private bool IsRecent(ColumnBuffer<DateOnly> dates, int row) => !dates.IsNull(row) && dates[row] >= from;

    private string Column(string property) => entity.Main.Columns.Single(c => c.Source == new Source.Json(property)).Name;
}
