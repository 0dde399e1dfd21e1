using System.Text;
using System.Text.Json;

namespace VPlanExport.Transformers;

/// <summary>The <c>data</c> of a page.</summary>
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
                return reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }
        return false;
    }

    /// <summary>A record that holds nothing but its id and, under the array's name, the page's <c>data</c>.</summary>
    /// <exception cref="JsonException">The page has no <c>data</c>.</exception>
    public static byte[] AsRecord(ReadOnlySpan<byte> json, ListOf list)
    {
        var reader = new Utf8JsonReader(json, RowContract.Json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && !SkipTo(ref reader))
            throw new JsonException($"the page has no list of {list.Path}");
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var head = Encoding.UTF8.GetBytes($$"""{"id":{{JsonSerializer.Serialize(list.RecordId)}},{{JsonSerializer.Serialize(list.Path)}}:""");
        return [.. head, .. json[start..(int)reader.BytesConsumed], (byte)'}'];
    }
}
