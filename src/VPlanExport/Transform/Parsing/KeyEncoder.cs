using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>The key caches of one reader: one per entity for the records' own ids, one per dimension for references to
/// it.</summary>
internal sealed class KeyEncoders
{
    private readonly Dictionary<string, KeyEncoder> _own = [];
    private readonly Dictionary<string, KeyEncoder> _references = [];
    private readonly List<(KeyEncoder Cache, long Key)> _journal = [];

    /// <summary>Every member referred to since <see cref="Clear"/>, by dimension: key to id.</summary>
    public IEnumerable<(string Dimension, IReadOnlyDictionary<long, string> Members)> References =>
        _references.Select(r => (r.Key, r.Value.References));

    /// <summary>How many members were referred to so far, to come back to with <see cref="DropTo"/>.</summary>
    public int Mark => _journal.Count;

    public KeyEncoder Own(string entity) =>
        _own.TryGetValue(entity, out var keys) ? keys : _own[entity] = new KeyEncoder(entity);

    public KeyEncoder Reference(string dimension, string entity) =>
        _references.TryGetValue(dimension, out var keys)
            ? keys
            : _references[dimension] = new KeyEncoder(entity, _journal);

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

/// <summary>The keys of one entity's ids. An id that repeats is neither hashed nor looked up again.</summary>
/// <param name="entity">The word before the id in the hashed text.</param>
/// <param name="journal">Set for references, which are remembered: where each new one is written down.</param>
internal sealed class KeyEncoder(string entity, List<(KeyEncoder Cache, long Key)>? journal = null)
{
    private const int Slots = 1024;
    private const int IdBytes = 36;
    private const int LongestId = 36;

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(entity + "|");
    private readonly byte[] _ids = new byte[Slots * IdBytes];
    private readonly long[] _keys = new long[Slots];
    private readonly Dictionary<long, string> _references = [];

    /// <summary>Every id referred to since <see cref="Clear"/>, by its key.</summary>
    public IReadOnlyDictionary<long, string> References => _references;

    public static bool IsId(ReadOnlySpan<byte> id) =>
        Ascii.IsValid(id) ? id.Length <= LongestId : Utf8.IsValid(id) && Encoding.UTF8.GetCharCount(id) <= LongestId;

    /// <summary>The key of an id for which <see cref="IsId"/> holds.</summary>
    public long Of(ReadOnlySpan<byte> id)
    {
        if (id.Length != IdBytes)
            return Remember(id);
        var slot = Slot(id);
        var known = _ids.AsSpan(slot * IdBytes, IdBytes);
        if (known.SequenceEqual(id) && _keys[slot] != 0)
            return _keys[slot];
        id.CopyTo(known);
        return _keys[slot] = Remember(id);
    }

    /// <summary>Takes a reference back: what referred to it was rejected.</summary>
    public void Forget(long key)
    {
        _references.Remove(key);
        Array.Clear(_keys);
    }

    public void Clear()
    {
        _references.Clear();
        Array.Clear(_keys);
    }

    // The end of an id is random in every version of UUID, the beginning only in some.
    private static int Slot(ReadOnlySpan<byte> id) =>
        (int)((MemoryMarshal.Read<ulong>(id[(IdBytes - sizeof(ulong))..]) * 0x9E3779B97F4A7C15) >> 54);

    private long Remember(ReadOnlySpan<byte> id)
    {
        var key = Hash(id);
        if (journal is not null && !_references.ContainsKey(key))
        {
            _references[key] = Ids.Canonical(Encoding.UTF8.GetString(id));
            journal.Add((this, key));
        }
        return key;
    }

    private long Hash(ReadOnlySpan<byte> id)
    {
        Span<byte> text = stackalloc byte[256];
        _prefix.CopyTo(text);
        id.CopyTo(text[_prefix.Length..]);
        Ids.MakeCanonical(text.Slice(_prefix.Length, id.Length));
        return SurrogateKey.Of(text[..(_prefix.Length + id.Length)]);
    }
}
