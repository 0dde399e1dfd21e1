using System.Numerics;

namespace VPlanExport.Model;

/// <summary>Keys in order: eight bytes each, so that millions of them fit.</summary>
/// <remarks>Keys are hashes, so their first bits tell the part of the array to search; other keys share a part and are
/// found all the same.</remarks>
internal sealed class KeySet
{
    public static readonly KeySet Empty = new([]);
    private const int KeyBits = 63;
    private const int KeysPerPart = 8;
    private readonly long[] _keys;
    private readonly int[] _partEnds;
    private readonly int _shift;

    /// <param name="keys">Taken over and put in order.</param>
    public KeySet(long[] keys)
    {
        _keys = keys;
        Array.Sort(_keys);
        var bits = BitOperations.Log2((uint)(keys.Length / KeysPerPart) + 1);
        _shift = KeyBits - bits;
        _partEnds = new int[1 << bits];
        foreach (var key in _keys)
            _partEnds[Part(key)]++;
        for (var part = 1; part < _partEnds.Length; part++)
            _partEnds[part] += _partEnds[part - 1];
    }

    public int Count => _keys.Length;

    public bool Contains(long key) => IndexOf(key) >= 0;

    /// <summary>The key's place, negative when it is not there.</summary>
    public int IndexOf(long key)
    {
        var part = Part(key);
        var start = part == 0 ? 0 : _partEnds[part - 1];
        return Array.BinarySearch(_keys, start, _partEnds[part] - start, key);
    }

    public KeySet With(IEnumerable<long> more) => new([.. _keys, .. more]);

    public bool Overlaps(KeySet other) =>
        Count < other.Count ? Array.Exists(_keys, other.Contains) : Array.Exists(other._keys, Contains);

    private int Part(long key) => key < 0 ? 0 : (int)(key >> _shift);
}
