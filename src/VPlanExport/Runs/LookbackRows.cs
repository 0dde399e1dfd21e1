using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>The lake's records that an endpoint's lookback is about.</summary>
internal sealed class LookbackRows
{
    /// <summary>At about 30 ids a question, a hundred questions a night.</summary>
    public const int ByIdANight = 3_000;

    private readonly Entity _entity;
    private readonly Lookback _lookback;
    private readonly DateOnly _from;
    private readonly List<string> _askedFor = [];
    private readonly List<(DateTime Read, string Id)> _open = [];
    private long _live;

    private LookbackRows(Entity entity, DateOnly from) => (_entity, _lookback, _from) = (entity, entity.Endpoint.Lookback!, from);

    public LookbackCounts Counts => new(_live, _askedFor.Count, _open.Count);

    /// <summary>
    /// Ids of every live record that is found by its dates or its value, and of open records that are not: of these the ones that were read longest ago, so
    /// that each has its turn.
    /// </summary>
    public IReadOnlyCollection<string> Ids => [.. _askedFor, .. _open.Order().Take(ByIdANight).Select(open => open.Id)];

    /// <param name="from">The first recent day.</param>
    public static async Task<LookbackRows> ReadAsync(Entity entity, DateOnly from, Lake lake, CancellationToken cancellationToken)
    {
        var rows = new LookbackRows(entity, from);
        string[] columns = [entity.Main.Id!.Name, .. rows.Columns, "extracted_at", SystemColumns.IsInferred, SystemColumns.IsDeleted];
        await foreach (var batch in lake.ReadAsync(entity.Main, columns: columns, cancellationToken: cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (SystemColumns.Live(batch, row))
                    rows.Take(batch, row);
            }
        }
        return rows;
    }

    private IEnumerable<string> Columns => new[] { _lookback.Open?.Property, _lookback.EmptyWhileOpen }.OfType<string>().Concat(_lookback.Dates).Select(Column);

    private void Take(RowBatch batch, int row)
    {
        _live++;
        var id = batch.Typed<string>(_entity.Main.Id!.Name)[row];
        if (_lookback.Dates.Any(date => IsRecent(batch.Typed<DateOnly>(Column(date)), row)) || (_lookback.Open is { } open && open.Values.Contains(batch.Typed<string>(Column(open.Property))[row])))
            _askedFor.Add(id);
        else if (_lookback.EmptyWhileOpen is { } empty && batch[Column(empty)].IsNull(row))
            _open.Add((batch.Typed<DateTime>("extracted_at")[row], id));
    }

    private bool IsRecent(ColumnBuffer<DateOnly> dates, int row) => !dates.IsNull(row) && dates[row] >= _from;

    private string Column(string property) => _entity.Main.Columns.Single(c => c.Source == new Source.Json(property)).Name;
}
