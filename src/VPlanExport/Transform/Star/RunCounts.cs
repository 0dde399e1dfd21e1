using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Star;

/// <summary>What a run counted while it read.</summary>
internal sealed class RunCounts
{
    private readonly Dictionary<string, EntityTotals> _entities = [];
    private readonly Dictionary<string, TableTotals> _stations = [];
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _cutTexts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EntityTotals> Entities => _entities;

    /// <summary>By table.</summary>
    public IReadOnlyDictionary<string, TableTotals> Stations => _stations;

    public IReadOnlyDictionary<string, long> Unknown => _unknown;

    public IReadOnlyDictionary<string, long> CutTexts => _cutTexts;

    public void Take(Entity entity, IReadOnlyList<PageReader> readers, long rejected)
    {
        foreach (var (path, count) in readers.SelectMany(r => r.Unknown))
            Add(_unknown, $"{entity.Name}.{path}", count);
        foreach (var (column, count) in readers.SelectMany(r => r.CutTexts))
            Add(_cutTexts, column, count);
        _entities[entity.Name] = new EntityTotals(
            readers.Sum(r => r.Records),
            readers.Sum(r => r.Accepted),
            rejected,
            readers.Sum(r => r.Superseded)
        );
    }

    /// <param name="parsed">Rows as they stand on the pages.</param>
    /// <param name="first">Those of them that no other row of the run repeats.</param>
    public void Take(RowBatch parsed, RowBatch first)
    {
        var name = parsed.Table.Name;
        var (before, tally) = (_stations.GetValueOrDefault(name, new TableTotals()), ControlTotals.Of(parsed));
        _stations[name] = before with
        {
            Parsed = before.Parsed + tally,
            Repeated = before.Repeated + (first == parsed ? default : tally - ControlTotals.Of(first)),
        };
    }

    /// <summary>Takes what the row files of a table, which are closed, were given and hold.</summary>
    public void Take(RowFilesWriter rows)
    {
        var parsed = _stations.GetValueOrDefault(rows.Table.Name, new TableTotals());
        _stations[rows.Table.Name] = rows.Totals with { Parsed = parsed.Parsed, Repeated = parsed.Repeated };
    }

    private static void Add(SortedDictionary<string, long> counts, string name, long count) =>
        counts[name] = counts.GetValueOrDefault(name) + count;
}

/// <summary>
/// Ids of a table that differ only by case, read ones and ones that are only referred to. They are rows of their own,
/// which SQL Server and Power BI take for one where they compare the ids. UUIDs are left out: they are the same in any
/// case.
/// </summary>
internal sealed class SimilarIds
{
    private readonly Dictionary<(string Table, string Folded), string> _ids = [];
    private readonly SortedDictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>By table: the first two ids that were found.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    public void Take(RowBatch batch)
    {
        if (batch.Table.Id is not { } column)
            return;
        var ids = batch.Typed<string>(column.Name);
        for (var row = 0; row < ids.Count; row++)
        {
            if (!ids.IsNull(row))
                Take(batch.Table.Name, ids[row]);
        }
    }

    public void Take(string table, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            Take(table, id);
    }

    private void Take(string table, string id)
    {
        if (Ids.IsUuid(id) || _found.ContainsKey(table))
            return;
        if (
            !_ids.TryAdd((table, id.ToUpperInvariant()), id)
            && _ids[(table, id.ToUpperInvariant())] is var other
            && other != id
        )
            _found[table] = $"{other} and {id}";
    }
}
