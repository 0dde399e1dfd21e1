using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>Why a value cannot become the column's.</summary>
internal readonly record struct Violation(string Field, string Value, string Reason);

/// <summary>
/// What a column accepts, and what it makes of it, once for every sink: numbers may come as text, the text <c>NULL</c>
/// and empty text are null (gaps E20), decimals are rounded half away from zero and checked against their precision.
/// False means a reject.
/// </summary>
internal static partial class ValueContract
{
    /// <summary>The version of the rules by which rows are accepted or rejected. One more with each change of them:
    /// <c>load</c> then tries what is held again.</summary>
    public const int Version = 2;

    /// <summary>How pages are read: as forgiving as JSON can be.</summary>
    public static readonly JsonReaderOptions Json = new()
    {
        MaxDepth = 128,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>More minutes (1,900 years) are a slip, and a few of them would take the sums of a table out of the 64
    /// bits that every sink has.</summary>
    public const long MostMinutes = 1_000_000_000;

    public const string NotUnicode = "the text is not valid Unicode";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly decimal[] Limits = [.. Enumerable.Range(0, 19).Select(p => (decimal)Math.Pow(10, p))];

    /// <summary>The token's text as UTF-8, unescaped into the buffer when there are escapes. An escape that is half a
    /// character becomes U+FFFD.</summary>
    public static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader, ref byte[] scratch)
    {
        var text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return text;
        if (scratch.Length < text.Length)
            scratch = new byte[text.Length * 2];
        try
        {
            return scratch.AsSpan(0, reader.CopyString(scratch));
        }
        catch (InvalidOperationException)
        {
            var whole = new Utf8JsonReader([(byte)'"', .. Whole(text), (byte)'"']);
            whole.Read();
            return scratch.AsSpan(0, whole.CopyString(scratch));
        }
    }

    /// <summary>JSON with U+FFFD in place of every escape that is half a character.</summary>
    public static byte[] Whole(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(LoneSurrogate().Replace(Encoding.UTF8.GetString(json), "\\ufffd"));

    /// <summary>Text that means that there is no value: none, the word NULL (gaps E20), or a date of zeros.</summary>
    public static bool IsNullText(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text.Length == 4 && Ascii.EqualsIgnoreCase(text, "null"u8)) || VPlanTime.IsZeroDate(text);

    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8) => Strict.GetString(utf8);

    /// <summary>Cuts text to the column's length, never through a surrogate pair.</summary>
    public static string Cut(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>A whole number; a fraction is rounded half away from zero.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, long min, long max, out long value)
    {
        if (!Utf8Parser.TryParse(text, out value, out var used) || used != text.Length)
        {
            if (!TryNumber(text, out var number) || number < long.MinValue || number > long.MaxValue)
                return false;
            value = (long)Math.Round(number, MidpointRounding.AwayFromZero);
        }
        return value >= min && value <= max;
    }

    public static bool TryDecimal(ReadOnlySpan<byte> text, ColumnType type, out decimal value)
    {
        if (!TryNumber(text, out value))
            return false;
        value = Math.Round(value, type.Scale, MidpointRounding.AwayFromZero);
        return Math.Abs(value) < Limits[type.Precision - type.Scale];
    }

    public static bool TryBool(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || text.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    /// <summary>Why a value was not accepted by the column.</summary>
    public static string Explain(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Date when column.Source is not Source.BusinessDate => "not an ISO 8601 date",
            ColumnKind.Date or ColumnKind.Timestamp => "not an ISO 8601 timestamp",
            ColumnKind.Time => "not a time of day (HH:mm)",
            ColumnKind.Decimal => $"not a number that fits {column.Type}",
            ColumnKind.Int64 when column.Unit == "minutes" => $"not a whole number of minutes of at most {MostMinutes}",
            ColumnKind.Int32 or ColumnKind.Int64 => $"not a whole number that fits {column.Type}",
            ColumnKind.Bool => "not true or false",
            ColumnKind.Key or ColumnKind.Id => "not an id of at most 36 characters",
            ColumnKind.Text or ColumnKind.DateKey or ColumnKind.Json => $"not {column.Type}",
        };

    /// <summary>The escape of half a surrogate pair, in JSON text. Other escapes are passed over in pairs, so that an
    /// escaped backslash before a u is none.</summary>
    [GeneratedRegex(
        @"(?<=(?<!\\)(?:\\\\)*)\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f][0-9a-f]{2})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex LoneSurrogate();

    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal value) =>
        decimal.TryParse(text.Trim((byte)' '), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
