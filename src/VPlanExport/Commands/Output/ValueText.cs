using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Commands.Output;

/// <summary>A value as text and as JSON, the same everywhere: invariant, dates and timestamps in ISO form.</summary>
internal static class ValueText
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(object? value) =>
        value switch
        {
            null or DBNull => "",
            string text => text,
            JsonText json => json.Json,
            double.NaN or float.NaN => "nan",
            double.PositiveInfinity or float.PositiveInfinity => "inf",
            double.NegativeInfinity or float.NegativeInfinity => "-inf",
            DateTime time => time.ToString(
                time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss.ffffff'Z'",
                CultureInfo.InvariantCulture
            ),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IEnumerable => Json(writer => Write(writer, value)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>A moment for people, without the part of a second.</summary>
    public static string Second(DateTime time) => Text(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)));

    /// <summary>A number for people: thousands apart, one decimal at most.</summary>
    public static string Number(double value) => value.ToString("#,##0.#", CultureInfo.InvariantCulture);

    /// <summary>A number with what it counts, such as <c>1 page</c>.</summary>
    public static string Count(long number, string one, string several) =>
        $"{Number(number)} {(number == 1 ? one : several)}";

    /// <summary>An object with a property for each name, in order.</summary>
    public static string Row(IEnumerable<string> names, IReadOnlyList<object?> values) =>
        Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (i, name) in names.Index())
            {
                writer.WritePropertyName(name);
                Write(writer, values[i]);
            }
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null
            or DBNull
            or double.NaN
            or double.PositiveInfinity
            or double.NegativeInfinity
            or float.NaN
            or float.PositiveInfinity
            or float.NegativeInfinity:
                writer.WriteNullValue();
                break;
            case JsonText json:
                writer.WriteRawValue(json.Json);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte
            or byte
            or short
            or ushort
            or int
            or uint
            or long
            or ulong
            or decimal
            or double
            or float
            or BigInteger
            or Int128
            or UInt128:
                writer.WriteRawValue(Text(value));
                break;
            case IDictionary fields:
                writer.WriteRawValue(Row(fields.Keys.Cast<object>().Select(Text), [.. fields.Values.Cast<object?>()]));
                break;
            case IEnumerable items and not string:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
