using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>Writes JSON again without what tells of forgotten people. What tells of nobody stays as it was
/// sent.</summary>
/// <param name="text">The text without names.</param>
internal sealed class ForgottenJson(IReadOnlyList<PersonRule> rules, Func<string, string> text)
{
    /// <summary>Null when it tells of nobody.</summary>
    public ReadOnlyMemory<byte>? Rewrite(JsonElement json)
    {
        if (!Tells(json))
            return null;
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true }))
            Write(writer, json);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private bool Tells(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => TextOf(json) is { } found && text(found) != found,
            JsonValueKind.Array => json.EnumerateArray().Any(Tells),
            JsonValueKind.Object => RulesOf(json) is var own
                && PropertiesOf(json)
                    .Any(p =>
                        ValueOf(own, p.Name, p.Value) is { } made ? !IsAlready(p.Value, made.Text) : Tells(p.Value)
                    ),
            _ => false,
        };

    private void Write(Utf8JsonWriter writer, JsonElement json)
    {
        if (!Tells(json))
        {
            writer.WriteRawValue(json.GetRawText(), skipInputValidation: true);
            return;
        }
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, json);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in json.EnumerateArray())
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(text(json.GetString()!));
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement json)
    {
        var own = RulesOf(json);
        writer.WriteStartObject();
        foreach (var (name, value) in PropertiesOf(json))
        {
            writer.WritePropertyName(name);
            if (ValueOf(own, name, value) is { } made)
                writer.WriteStringValue(made.Text);
            else
                Write(writer, value);
        }
        writer.WriteEndObject();
    }

    /// <summary>What becomes of a property of a person's object; null when it is treated as any other.</summary>
    private static Replacement? ValueOf(List<PersonRule> own, string name, JsonElement value) =>
        !IsFilled(value) ? null
        : own.Find(r => r.Personal.Contains(name)) is { } rule ? new Replacement(rule.Pseudonym)
        : own.Exists(r => r.Dropped.Contains(name, StringComparer.OrdinalIgnoreCase)) ? new Replacement(null)
        : null;

    private static bool IsFilled(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && TextOf(value) is not { Length: 0 });

    private static bool IsAlready(JsonElement value, string? made) =>
        value.ValueKind == JsonValueKind.String && made is not null && TextOf(value) == made;

    private List<PersonRule> RulesOf(JsonElement json)
    {
        var own = new List<PersonRule>();
        foreach (var (name, value) in PropertiesOf(json))
        {
            if (value.ValueKind == JsonValueKind.String && TextOf(value) is { } id)
                own.AddRange(
                    rules.Where(r =>
                        string.Equals(r.IdProperty, name, StringComparison.OrdinalIgnoreCase)
                        && Ids.Comparer.Equals(r.Id, id)
                    )
                );
        }
        return own;
    }

    /// <summary>Without those whose name holds half a character: no column reads them.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> PropertiesOf(JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is { } name)
                yield return (name, property.Value);
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

    /// <summary>Null for a text with half a character.</summary>
    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <param name="Text">Null for nothing.</param>
    private sealed record Replacement(string? Text);
}
