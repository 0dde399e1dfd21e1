using System.Text.Json;

namespace VPlanExport.Extractors;

/// <summary>A body that is held in memory, as one JSON value.</summary>
internal static class WholeJson
{
    /// <exception cref="TransientException">It stops halfway.</exception>
    /// <exception cref="UnreadableException">It is not JSON, or there is more than one value.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
            if (!JsonDocument.TryParseValue(ref reader, out var json))
                return ParseLast(body);
            if (JsonBody.IsNothing(body[(int)reader.BytesConsumed..]))
                return json;
            json.Dispose();
            throw new UnreadableException($"behind its JSON stands '{JsonBody.Excerpt(body[(int)reader.BytesConsumed..])}'");
        }
        catch (JsonException e)
        {
            throw new UnreadableException($"it is not JSON ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>The first value of a body, whatever stands behind it.</summary>
    /// <exception cref="JsonException">It is not whole.</exception>
    public static JsonDocument ParseFirst(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Only the end tells whether a number is whole.</summary>
    private static JsonDocument ParseLast(ReadOnlySpan<byte> body)
    {
        try
        {
            return ParseFirst(body);
        }
        catch (JsonException e)
        {
            throw new TransientException($"the answer is not whole JSON ({e.Message})", inner: e);
        }
    }
}
