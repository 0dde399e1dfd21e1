using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>What a run counted while it read.</summary>
internal sealed class RunCounts
{
    private readonly Dictionary<string, EntityCounts> _entities = [];
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _cutTexts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EntityCounts> Entities => _entities;

    public IReadOnlyDictionary<string, long> Unknown => _unknown;

    public IReadOnlyDictionary<string, long> CutTexts => _cutTexts;

    public void Take(Entity entity, IReadOnlyList<PageReader> readers, long rejected)
    {
        foreach (var (path, count) in readers.SelectMany(r => r.Unknown))
            Add(_unknown, $"{entity.Name}.{path}", count);
        foreach (var (column, count) in readers.SelectMany(r => r.CutTexts))
            Add(_cutTexts, column, count);
        var (records, superseded) = (readers.Sum(r => r.Records), readers.Sum(r => r.Superseded));
        _entities[entity.Name] = new EntityCounts(records, records - rejected - superseded, rejected, superseded);
    }

    private static void Add(SortedDictionary<string, long> counts, string name, long count) =>
        counts[name] = counts.GetValueOrDefault(name) + count;
}
