using System.Text;
using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>The key of a record that is known by several of its properties: known when each of them was read.</summary>
internal sealed class JoinedKey(string entity, int parts)
{
    private readonly string?[] _parts = new string?[parts];

    public bool IsWhole => !_parts.Contains(null);

    public string Id => string.Join('|', _parts);

    public long Key => Keys.Of(entity, Id);

    public void Set(int part, ReadOnlySpan<byte> text) => _parts[part] = Ids.Canonical(Encoding.UTF8.GetString(text));

    public void Clear() => Array.Clear(_parts);
}

/// <summary>One of the properties that a joined key is made of.</summary>
internal sealed class JoinedCell(Column column, ColumnBuffer<long> buffer, RowCursor cursor, JoinedKey joined, int part) : Cell<long>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (value.IsStructure || !KeyCache.IsId(value.Text))
            return RowContract.Explain(Column);
        if (!value.IsNullText)
            joined.Set(part, value.Text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => throw new NotSupportedException();
}
