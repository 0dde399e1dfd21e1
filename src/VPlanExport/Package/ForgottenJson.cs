using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>Writes JSON again without what tells of forgotten people. What tells of nobody stays as it was
/// sent.</summary>
/// <param name="text">The text without names.</param>
internal sealed class ForgottenJson(IReadOnlyList<PersonRule> rules, Func<string, string> text)
{
    /// <summary>To search a text takes long, and it is met at each level of what holds it.</summary>
    private readonly Dictionary<string, string> _searched = new(StringComparer.Ordinal);

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
            JsonValueKind.String => SentJson.TextOf(json) is { } found && Without(found) != found,
            JsonValueKind.Array => json.EnumerateArray().Any(Tells),
            JsonValueKind.Object => RulesOf(json) is var own
                && SentJson
                    .PropertiesOf(json)
                    .Any(p =>
                        ValueOf(own, p.Name, p.Value) is { } made ? !IsAlready(p.Value, made.Text) : Tells(p.Value)
                    ),
            _ => false,
        };

    private string Without(string found) =>
        _searched.TryGetValue(found, out var known) ? known : _searched[found] = text(found);

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
                writer.WriteStringValue(Without(json.GetString()!));
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement json)
    {
        var own = RulesOf(json);
        writer.WriteStartObject();
        foreach (var (name, value) in SentJson.PropertiesOf(json))
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
        || (value.ValueKind == JsonValueKind.String && SentJson.TextOf(value) is not { Length: 0 });

    private static bool IsAlready(JsonElement value, string? made) =>
        value.ValueKind == JsonValueKind.String && made is not null && SentJson.TextOf(value) == made;

    private List<PersonRule> RulesOf(JsonElement json)
    {
        var own = new List<PersonRule>();
        foreach (var (name, value) in SentJson.PropertiesOf(json))
        {
            if (value.ValueKind == JsonValueKind.String && SentJson.TextOf(value) is { } id)
                own.AddRange(
                    rules.Where(r =>
                        string.Equals(r.IdProperty, name, StringComparison.OrdinalIgnoreCase)
                        && Ids.Comparer.Equals(r.Id, id)
                    )
                );
        }
        return own;
    }

    /// <param name="Text">Null for nothing.</param>
    private sealed record Replacement(string? Text);
}
