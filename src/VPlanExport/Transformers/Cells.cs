using System.Text;
using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>The key of the id in the property.</summary>
internal sealed class KeyCell(Column column, ColumnBuffer<long> buffer, RowCursor cursor, KeyCache keys) : Cell<long>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out long value)
    {
        value = Keys.Unknown;
        if (!KeyCache.IsId(text))
            return false;
        value = keys.Of(text);
        return true;
    }
}

/// <summary>One half of a link's key: the id of the element, or as a second choice whatever text tells it from the others.</summary>
internal sealed class LinkCell(Column column, ColumnBuffer<long> buffer, RowCursor cursor, LinkKeys links) : Cell<long>(column, buffer, cursor)
{
    public override bool IsFilled => links.HasElement;

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure || (!IsAlternate && !KeyCache.IsId(value.Text)))
            return RowContract.Explain(Column);
        if (!value.IsNullText)
            links.SetElement(value.Text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => throw new NotSupportedException();
}

internal sealed class Int64Cell(Column column, ColumnBuffer<long> buffer, RowCursor cursor) : Cell<long>(column, buffer, cursor)
{
    private readonly (long Least, long Most) _range = column.Unit == "minutes" ? (-RowContract.MostMinutes, RowContract.MostMinutes) : (long.MinValue, long.MaxValue);

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => RowContract.TryInteger(text, _range.Least, _range.Most, out value);
}

internal sealed class Int32Cell(Column column, ColumnBuffer<int> buffer, RowCursor cursor) : Cell<int>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        var fits = RowContract.TryInteger(text, int.MinValue, int.MaxValue, out var number);
        value = fits ? (int)number : 0;
        return fits;
    }
}

internal sealed class BoolCell(Column column, ColumnBuffer<bool> buffer, RowCursor cursor) : Cell<bool>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out bool value) => RowContract.TryBool(text, out value);
}

/// <summary>True for whatever is there, structures too.</summary>
internal sealed class PresenceCell(Column column, ColumnBuffer<bool> buffer, RowCursor cursor) : Cell<bool>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        Put(!value.IsNullText && !value.IsEmptyArray);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out bool value) => throw new NotSupportedException();
}

internal sealed class DecimalCell(Column column, ColumnBuffer<decimal> buffer, RowCursor cursor) : Cell<decimal>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out decimal value) => RowContract.TryDecimal(text, Column.Type, out value);
}

internal sealed class DateCell(Column column, ColumnBuffer<DateOnly> buffer, RowCursor cursor, BusinessZone zone) : Cell<DateOnly>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateOnly value) => Timestamps.TryDate(text, zone, out value);
}

internal sealed class BusinessDateCell(Column column, ColumnBuffer<DateOnly> buffer, RowCursor cursor, BusinessZone zone) : Cell<DateOnly>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateOnly value)
    {
        var fits = Timestamps.TryRead(text, out var utc);
        value = fits ? zone.DateOf(utc) : default;
        return fits;
    }
}

internal sealed class TimestampCell(Column column, ColumnBuffer<DateTime> buffer, RowCursor cursor) : Cell<DateTime>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateTime value) => Timestamps.TryRead(text, out value);
}

internal sealed class TimeCell(Column column, ColumnBuffer<string> buffer, RowCursor cursor) : Cell<string>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out string value) => Timestamps.TryTimeOfDay(text, out value);
}

internal sealed class IdCell(Column column, ColumnBuffer<string> buffer, RowCursor cursor) : Cell<string>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out string value)
    {
        var fits = KeyCache.IsId(text);
        value = fits ? Encoding.UTF8.GetString(text) : "";
        return fits;
    }
}

/// <summary>Text as it is, empty text too; longer text than the column holds is cut and counted.</summary>
internal class TextCell(Column column, ColumnBuffer<string> buffer, RowCursor cursor) : Cell<string>(column, buffer, cursor)
{
    private readonly TextCache _cache = new();

    /// <summary>Texts that were cut.</summary>
    public long Cuts { get; private set; }

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure)
            return base.Write(value);
        if (!TryRead(value.Text, out var text))
            return RowContract.NotUnicode;
        Put(text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out string value)
    {
        value = "";
        try
        {
            value = Fit(_cache.Get(text));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private string Fit(string text)
    {
        if (text.Length <= Column.Type.Length)
            return text;
        Cuts++;
        return RowContract.Cut(text, Column.Type.Length);
    }
}

/// <summary>The raw JSON.</summary>
internal sealed class JsonCell(Column column, ColumnBuffer<string> buffer, RowCursor cursor) : Cell<string>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value.Raw))
            return RowContract.NotUnicode;
        Put(Encoding.UTF8.GetString(value.Raw));
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out string value) => throw new NotSupportedException();
}

/// <summary>The number of elements of an array that no table is made of; an object with numbered properties is one, as PHP servers send sparse arrays.</summary>
internal sealed class CountCell(Column column, ColumnBuffer<int> buffer, RowCursor cursor) : Cell<int>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (!value.IsStructure)
            return value.IsNullText ? null : "not a list";
        var reader = new Utf8JsonReader(value.Raw, RowContract.Json);
        var elements = 0;
        for (reader.Read(); reader.Read() && reader.CurrentDepth > 0; reader.Skip())
            elements++;
        Put(elements);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out int value) => throw new NotSupportedException();
}
