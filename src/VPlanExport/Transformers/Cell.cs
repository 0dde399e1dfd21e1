using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>The row that is being read.</summary>
internal sealed class RowCursor
{
    public int Row { get; set; }
}

/// <summary>A value in a page that is not null.</summary>
/// <param name="text">Its text, unescaped.</param>
/// <param name="raw">Its JSON as vPlan sent it.</param>
internal readonly ref struct PageValue(JsonTokenType type, ReadOnlySpan<byte> text, ReadOnlySpan<byte> raw)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public ReadOnlySpan<byte> Raw { get; } = raw;

    public bool IsStructure => type is JsonTokenType.StartObject or JsonTokenType.StartArray;

    public bool IsEmptyArray => type == JsonTokenType.StartArray && Raw.SequenceEqual("[]"u8);

    /// <summary>Empty text, or the text NULL (gaps E20).</summary>
    public bool IsNullText => type == JsonTokenType.String && RowContract.IsNullText(Text);
}

/// <summary>What a property's value does to one column of the row that is being read.</summary>
internal abstract class Cell(Column column, ColumnBuffer buffer, RowCursor cursor)
{
    public Column Column { get; } = column;

    /// <summary>Only counts when the first choice has no value.</summary>
    public bool IsAlternate { get; init; }

    /// <summary>The row has a value in this column.</summary>
    public virtual bool IsFilled => buffer.Count > cursor.Row;

    /// <summary>Puts the value into the row: null, or the reason why it does not fit the column.</summary>
    public abstract string? Write(in PageValue value);
}

/// <inheritdoc/>
internal abstract class Cell<T>(Column column, ColumnBuffer<T> buffer, RowCursor cursor) : Cell(column, buffer, cursor)
{
    private readonly RowCursor _cursor = cursor;

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure)
            return value.IsEmptyArray ? null : $"an array or object where {Column.Type} was expected";
        if (value.IsNullText)
            return null;
        if (!TryRead(value.Text, out var read))
            return RowContract.Explain(Column);
        Put(read);
        return null;
    }

    protected abstract bool TryRead(ReadOnlySpan<byte> text, out T value);

    protected void Put(T value) => buffer.Put(_cursor.Row, value);
}
