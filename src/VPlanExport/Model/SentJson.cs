using System.Text.Json;

namespace VPlanExport.Model;

/// <summary>Texts and names of JSON as it was sent: half a character may stand in them, which cannot be
/// decoded.</summary>
internal static class SentJson
{
    /// <summary>The properties without those whose name holds half a character: no column reads them.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> PropertiesOf(JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (NameOf(property) is { } name)
                yield return (name, property.Value);
        }
    }

    /// <summary>A string; null when it holds half a character.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
