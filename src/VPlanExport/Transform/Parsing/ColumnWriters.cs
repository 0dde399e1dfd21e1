using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Transform.Parsing;

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
    public bool IsNullText => type == JsonTokenType.String && ValueContract.IsNullText(Text);
}

/// <summary>What a property's value does to one column of the row that is being read.</summary>
internal abstract class ColumnWriter(Column column, ColumnBuffer buffer, RowCursor cursor)
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
internal abstract class ColumnWriter<T>(Column column, ColumnBuffer<T> buffer, RowCursor cursor)
    : ColumnWriter(column, buffer, cursor)
{
    private readonly RowCursor _cursor = cursor;

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure)
            return value.IsEmptyArray ? null : $"an array or object where {Column.Type} was expected";
        if (value.IsNullText)
            return null;
        if (!TryRead(value.Text, out var read))
            return ValueContract.Explain(Column);
        Put(read);
        return null;
    }

    protected abstract bool TryRead(ReadOnlySpan<byte> text, out T value);

    protected void Put(T value) => buffer.Put(_cursor.Row, value);
}

/// <summary>The key of the id in the property.</summary>
internal sealed class KeyWriter(Column column, ColumnBuffer<long> buffer, RowCursor cursor, KeyEncoder keys)
    : ColumnWriter<long>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out long value)
    {
        value = SurrogateKey.Unknown;
        if (!KeyEncoder.IsId(text))
            return false;
        value = keys.Of(text);
        return true;
    }
}

/// <summary>One half of a link's key: the id of the element, or as a second choice whatever text tells it from the
/// others.</summary>
internal sealed class LinkWriter(Column column, ColumnBuffer<long> buffer, RowCursor cursor, CompositeKeys links)
    : ColumnWriter<long>(column, buffer, cursor)
{
    public override bool IsFilled => links.HasElement;

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure || (!IsAlternate && !KeyEncoder.IsId(value.Text)))
            return ValueContract.Explain(Column);
        if (!value.IsNullText)
            links.SetElement(value.Text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => throw new NotSupportedException();
}

internal sealed class Int64Writer(Column column, ColumnBuffer<long> buffer, RowCursor cursor)
    : ColumnWriter<long>(column, buffer, cursor)
{
    private readonly (long Least, long Most) _range =
        column.Unit == "minutes"
            ? (-ValueContract.MostMinutes, ValueContract.MostMinutes)
            : (long.MinValue, long.MaxValue);

    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) =>
        ValueContract.TryInteger(text, _range.Least, _range.Most, out value);
}

internal sealed class Int32Writer(Column column, ColumnBuffer<int> buffer, RowCursor cursor)
    : ColumnWriter<int>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        var fits = ValueContract.TryInteger(text, int.MinValue, int.MaxValue, out var number);
        value = fits ? (int)number : 0;
        return fits;
    }
}

internal sealed class BoolWriter(Column column, ColumnBuffer<bool> buffer, RowCursor cursor)
    : ColumnWriter<bool>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out bool value) => ValueContract.TryBool(text, out value);
}

/// <summary>True for whatever is there, structures too.</summary>
internal sealed class PresenceWriter(Column column, ColumnBuffer<bool> buffer, RowCursor cursor)
    : ColumnWriter<bool>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        Put(!value.IsNullText && !value.IsEmptyArray);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out bool value) => throw new NotSupportedException();
}

internal sealed class DecimalWriter(Column column, ColumnBuffer<decimal> buffer, RowCursor cursor)
    : ColumnWriter<decimal>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out decimal value) =>
        ValueContract.TryDecimal(text, Column.Type, out value);
}

internal sealed class DateWriter(Column column, ColumnBuffer<DateOnly> buffer, RowCursor cursor, BusinessZone zone)
    : ColumnWriter<DateOnly>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateOnly value) =>
        VPlanTime.TryDate(text, zone, out value);
}

internal sealed class BusinessDateWriter(
    Column column,
    ColumnBuffer<DateOnly> buffer,
    RowCursor cursor,
    BusinessZone zone
) : ColumnWriter<DateOnly>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateOnly value)
    {
        var fits = VPlanTime.TryRead(text, out var utc);
        value = fits ? zone.DateOf(utc) : default;
        return fits;
    }
}

internal sealed class TimestampWriter(Column column, ColumnBuffer<DateTime> buffer, RowCursor cursor)
    : ColumnWriter<DateTime>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out DateTime value) => VPlanTime.TryRead(text, out value);
}

internal sealed class TimeWriter(Column column, ColumnBuffer<string> buffer, RowCursor cursor)
    : ColumnWriter<string>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out string value) =>
        VPlanTime.TryTimeOfDay(text, out value);
}

internal sealed class IdWriter(Column column, ColumnBuffer<string> buffer, RowCursor cursor)
    : ColumnWriter<string>(column, buffer, cursor)
{
    protected override bool TryRead(ReadOnlySpan<byte> text, out string value)
    {
        var fits = KeyEncoder.IsId(text);
        value = fits ? Encoding.UTF8.GetString(text) : "";
        return fits;
    }
}

/// <summary>Text as it is, empty text too; longer text than the column holds is cut and counted.</summary>
internal class TextColumnWriter(Column column, ColumnBuffer<string> buffer, RowCursor cursor)
    : ColumnWriter<string>(column, buffer, cursor)
{
    private readonly StringPool _texts = new(ValueContract.Decode);

    /// <summary>Texts that were cut.</summary>
    public long Cuts { get; private set; }

    public override string? Write(in PageValue value)
    {
        if (value.IsStructure)
            return base.Write(value);
        if (!TryRead(value.Text, out var text))
            return ValueContract.NotUnicode;
        Put(text);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out string value)
    {
        value = "";
        try
        {
            value = Fit(_texts.Get(text));
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
        return ValueContract.Cut(text, Column.Type.Length);
    }
}

/// <summary>The raw JSON.</summary>
internal sealed class JsonWriter(Column column, ColumnBuffer<string> buffer, RowCursor cursor)
    : ColumnWriter<string>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value.Raw))
            return ValueContract.NotUnicode;
        Put(Encoding.UTF8.GetString(value.Raw));
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out string value) => throw new NotSupportedException();
}

/// <summary>The number of elements of an array that no table is made of; an object with numbered properties is one, as
/// PHP servers send sparse arrays.</summary>
internal sealed class CountWriter(Column column, ColumnBuffer<int> buffer, RowCursor cursor)
    : ColumnWriter<int>(column, buffer, cursor)
{
    public override string? Write(in PageValue value)
    {
        if (!value.IsStructure)
            return value.IsNullText ? null : "not a list";
        var reader = new Utf8JsonReader(value.Raw, ValueContract.Json);
        var elements = 0;
        for (reader.Read(); reader.Read() && reader.CurrentDepth > 0; reader.Skip())
            elements++;
        Put(elements);
        return null;
    }

    protected override bool TryRead(ReadOnlySpan<byte> text, out int value) => throw new NotSupportedException();
}

/// <summary>Text, or what people call an object or the elements of a list.</summary>
internal sealed class LabelWriter(Column column, ColumnBuffer<string> buffer, RowCursor cursor)
    : TextColumnWriter(column, buffer, cursor)
{
    private static readonly string[] Names = ["description", "name", "fullname", "label", "value"];
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = ValueContract.Json.MaxDepth,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public override string? Write(in PageValue value)
    {
        if (!value.IsStructure)
            return base.Write(value);
        if (!Utf8.IsValid(value.Raw))
            return ValueContract.NotUnicode;
        using var json = JsonDocument.Parse(ValueContract.Whole(value.Raw), Options);
        var label = LabelOf(json.RootElement);
        return label.Length == 0
            ? null
            : base.Write(new PageValue(JsonTokenType.String, Encoding.UTF8.GetBytes(label), value.Raw));
    }

    private static string LabelOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => string.Join(
                ", ",
                element.EnumerateArray().Select(LabelOf).Where(label => label.Length > 0)
            ),
            JsonValueKind.Object => Names
                .Where(name => element.TryGetProperty(name, out _))
                .Select(name => LabelOf(element.GetProperty(name)))
                .FirstOrDefault(label => label.Length > 0)
                ?? "",
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => element.ToString(),
        };
}
