using System.Text;
using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>The key of a record that is known by several of its properties: known when each of them was read.</summary>
internal sealed class CompositeKey(string entity, int parts)
{
    private readonly string?[] _parts = new string?[parts];

    public bool IsWhole => !_parts.Contains(null);

    public string Id => string.Join('|', _parts);

    public long Key => SurrogateKey.Of(entity, Id);

    public void Set(int part, ReadOnlySpan<byte> text) => _parts[part] = Ids.Canonical(Encoding.UTF8.GetString(text));

    public void Clear() => Array.Clear(_parts);
}

/// <summary>One of the properties that a joined key is made of.</summary>
internal sealed class JoinedKeyWriter(
    Column column,
    ColumnBuffer<long> buffer,
    RowCursor cursor,
    CompositeKey joined,
    int part
) : ColumnWriter<long>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (value.IsStructure || !KeyEncoder.IsId(value.Text))
            return ValueContract.Explain(Column);
        if (!value.IsNullText)
            joined.Set(part, value.Text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => throw new NotSupportedException();
}

/// <summary>The keys of a record's links, by what tells an element from the others: known when the record ends, because
/// its own id may come after its elements.</summary>
/// <param name="countsRepeats">A second element with the same id is a row of its own rather than the same link
/// again.</param>
internal sealed class CompositeKeys(string entity, bool countsRepeats)
{
    private const int OnStack = 384;

    /// <summary>The bar between the ids, and the number of a repeat.</summary>
    private const int LongestRest = 16;

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(entity + "|");
    private readonly List<(int Start, int Length)> _elements = [];
    private byte[] _ids = new byte[1024];
    private int _used;
    private bool _isOpen;

    /// <summary>The element being read has an id.</summary>
    public bool HasElement => _isOpen;

    /// <summary>The id of the element being read.</summary>
    public void SetElement(ReadOnlySpan<byte> id)
    {
        if (_isOpen)
            DropElement();
        while (_ids.Length < _used + id.Length)
            Array.Resize(ref _ids, _ids.Length * 2);
        id.CopyTo(_ids.AsSpan(_used));
        Ids.MakeCanonical(_ids.AsSpan(_used, id.Length));
        _elements.Add((_used, id.Length));
        _used += id.Length;
        _isOpen = true;
    }

    public void FinishElement() => _isOpen = false;

    public void DropElement()
    {
        if (!_isOpen)
            return;
        _used = _elements[^1].Start;
        _elements.RemoveAt(_elements.Count - 1);
        _isOpen = false;
    }

    /// <summary>The key of the record's element of this number, or null when it repeats a link that is there
    /// already.</summary>
    public long? KeyOf(ReadOnlySpan<byte> recordId, int element)
    {
        var repeat = Repeat(element);
        return repeat == 0 ? Hash(recordId, Id(element), "")
            : countsRepeats ? Hash(recordId, Id(element), $"|{repeat + 1}")
            : null;
    }

    public void Clear()
    {
        _elements.Clear();
        (_used, _isOpen) = (0, false);
    }

    private ReadOnlySpan<byte> Id(int element) => _ids.AsSpan(_elements[element].Start, _elements[element].Length);

    private int Repeat(int element)
    {
        var repeat = 0;
        for (var i = 0; i < element; i++)
            repeat += Id(i).SequenceEqual(Id(element)) ? 1 : 0;
        return repeat;
    }

    private long Hash(ReadOnlySpan<byte> recordId, ReadOnlySpan<byte> elementId, string suffix)
    {
        var size = _prefix.Length + recordId.Length + elementId.Length + LongestRest;
        Span<byte> text = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        _prefix.CopyTo(text);
        var length = _prefix.Length;
        recordId.CopyTo(text[length..]);
        Ids.MakeCanonical(text.Slice(length, recordId.Length));
        length += recordId.Length;
        text[length++] = (byte)'|';
        elementId.CopyTo(text[length..]);
        length += elementId.Length;
        length += Encoding.UTF8.GetBytes(suffix, text[length..]);
        return SurrogateKey.Of(text[..length]);
    }
}
