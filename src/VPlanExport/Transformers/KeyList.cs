using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>Keys of millions of rows, eight bytes each: first all are added, then they are asked for.</summary>
internal sealed class KeyList
{
    private readonly List<long[]> _parts = [];
    private long[]? _sorted;

    public void Add(RowBatch batch)
    {
        var part = new long[batch.Count];
        for (var row = 0; row < part.Length; row++)
            part[row] = batch.Key(row);
        _parts.Add(part);
        _sorted = null;
    }

    public bool Contains(long key) => Array.BinarySearch(_sorted ??= Sort(), key) >= 0;

    private long[] Sort()
    {
        var all = new long[_parts.Sum(p => p.Length)];
        var next = 0;
        foreach (var part in _parts)
        {
            part.CopyTo(all, next);
            next += part.Length;
        }
        Array.Sort(all);
        _parts.Clear();
        _parts.Add(all);
        return all;
    }
}
