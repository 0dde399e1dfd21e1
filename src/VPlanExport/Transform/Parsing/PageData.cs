using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VPlanExport.Package;

namespace VPlanExport.Transform.Parsing;

/// <summary>The <c>data</c> of a page: a list, or an object with numbers for names, as PHP sends a list from which it
/// has filtered an element.</summary>
internal static class PageData
{
    /// <summary>Moves from the page's opening brace to its <c>data</c>; false when it has no such list.</summary>
    public static bool SkipTo(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = Ascii.EqualsIgnoreCase(reader.ValueSpan, "data"u8);
            reader.Read();
            if (isData)
                return reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
            reader.Skip();
        }
        return false;
    }

    /// <summary>Moves to the next element of a list, whether it is numbered or not; false at its end.</summary>
    public static bool Next(ref Utf8JsonReader reader) =>
        reader.Read()
        && (reader.TokenType != JsonTokenType.PropertyName || reader.Read())
        && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);

    /// <summary>A record that holds nothing but its id and, under the array's name, the page's <c>data</c>.</summary>
    /// <exception cref="JsonException">The page has no <c>data</c>.</exception>
    public static byte[] AsRecord(ReadOnlySpan<byte> json, LandedList list)
    {
        var reader = new Utf8JsonReader(json, ValueContract.Json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && !SkipTo(ref reader))
            throw new JsonException($"the page has no list of {list.Relation}");
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var head = Encoding.UTF8.GetBytes(
            $$"""{"id":{{JsonSerializer.Serialize(list.RecordId)}},{{JsonSerializer.Serialize(list.Relation)}}:"""
        );
        return [.. head, .. json[start..(int)reader.BytesConsumed], (byte)'}'];
    }

    /// <summary>The page with the elements of each record's array for records, each with the scalars that stood beside
    /// the array.</summary>
    /// <exception cref="JsonException">The page has no <c>data</c>.</exception>
    public static byte[] Unfold(ReadOnlySpan<byte> json, string array)
    {
        var reader = new Utf8JsonReader(json, ValueContract.Json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && !SkipTo(ref reader))
            throw new JsonException($"the page has no data with {array}");
        var unfolded = new JsonArray();
        try
        {
            foreach (var record in ElementsOf(JsonNode.Parse(ref reader)) ?? [])
            {
                if (record is JsonObject around)
                    Unfold(around, array, unfolded);
                else
                    unfolded.Add(record?.DeepClone());
            }
        }
        catch (ArgumentException e)
        {
            throw new JsonException($"a property stands in a record twice ({e.Message})", e);
        }
        return JsonSerializer.SerializeToUtf8Bytes(unfolded);
    }

    /// <summary>A record without its array stays as it is: its reader says what is missing.</summary>
    private static void Unfold(JsonObject around, string array, JsonArray unfolded)
    {
        var elements = around
            .Where(p => string.Equals(p.Key, array, StringComparison.OrdinalIgnoreCase))
            .Select(p => p.Value)
            .FirstOrDefault();
        var scalars = around.Where(p => p.Value is null or JsonValue).ToList();
        foreach (var element in ElementsOf(elements) ?? [around])
        {
            var whole =
                (element as JsonObject)?.DeepClone().AsObject() ?? new JsonObject { [array] = element?.DeepClone() };
            foreach (var (name, value) in scalars)
                whole.TryAdd(name, value?.DeepClone());
            unfolded.Add(whole);
        }
    }

    private static IEnumerable<JsonNode?>? ElementsOf(JsonNode? list) =>
        list switch
        {
            JsonArray array => array,
            JsonObject numbered => numbered.Select(p => p.Value),
            _ => null,
        };
}
