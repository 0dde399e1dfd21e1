namespace VPlanExport.Transformers;

/// <summary>The key caches of one reader: one per entity for the records' own ids, one per dimension for references to it.</summary>
internal sealed class ReaderKeys
{
    private readonly Dictionary<string, KeyCache> _own = [];
    private readonly Dictionary<string, KeyCache> _references = [];
    private readonly List<(KeyCache Cache, long Key)> _journal = [];

    /// <summary>Every member referred to since <see cref="Clear"/>, by dimension: key to id.</summary>
    public IEnumerable<(string Dimension, IReadOnlyDictionary<long, string> Members)> References => _references.Select(r => (r.Key, r.Value.References));

    /// <summary>How many members were referred to so far, to come back to with <see cref="DropTo"/>.</summary>
    public int Mark => _journal.Count;

    public KeyCache Own(string entity) => _own.TryGetValue(entity, out var keys) ? keys : _own[entity] = new KeyCache(entity);

    public KeyCache Reference(string dimension, string entity) =>
        _references.TryGetValue(dimension, out var keys) ? keys : _references[dimension] = new KeyCache(entity, _journal);

    /// <summary>Forgets what has been referred to for the first time since the mark.</summary>
    public void DropTo(int mark)
    {
        for (var i = mark; i < _journal.Count; i++)
            _journal[i].Cache.Forget(_journal[i].Key);
        _journal.RemoveRange(mark, _journal.Count - mark);
    }

    public void Clear()
    {
        foreach (var keys in _references.Values)
            keys.Clear();
        _journal.Clear();
    }
}
