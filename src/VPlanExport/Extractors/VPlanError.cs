using System.Text.Json;

namespace VPlanExport.Extractors;

/// <summary>vPlan's error body: <c>{"reference": …, "errors": [{"code", "message", "description"}]}</c> (J). Codes come as text or as numbers (gaps P5).</summary>
internal sealed record VPlanError(string? Reference, string? Code, string? Message, string? Description)
{
    public static readonly VPlanError None = new(null, null, null, null);

    /// <summary>Error 10005, "Memory Exhausted" (A:`memory-exhausted-344714m0`); its HTTP status is not documented.</summary>
    public bool IsTooLarge => Code == "10005";

    /// <summary>For messages: what vPlan said, with the reference its support asks for.</summary>
    public string Text
    {
        get
        {
            var said = string.Join(": ", new[] { Code, Message, Description }.Where(part => !string.IsNullOrEmpty(part)).Distinct(StringComparer.Ordinal));
            return Reference is null ? said : $"{said} (reference {Reference})";
        }
    }

    /// <summary><see cref="None"/> when the body is no error of vPlan's.</summary>
    public static VPlanError Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = WholeJson.ParseFirst(body.Span);
            var first = Property(json.RootElement, "errors") is { } errors ? FirstOf(errors) ?? json.RootElement : json.RootElement;
            return new VPlanError(Scalar(json.RootElement, "reference"), Scalar(first, "code"), Scalar(first, "message"), Scalar(first, "description"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>The first error of a list, which PHP may number.</summary>
    private static JsonElement? FirstOf(JsonElement errors) => errors.ValueKind switch
    {
        JsonValueKind.Array => errors.EnumerateArray().Select(e => (JsonElement?)e).FirstOrDefault(),
        JsonValueKind.Object => errors.EnumerateObject().Select(p => (JsonElement?)p.Value).FirstOrDefault(e => e?.ValueKind == JsonValueKind.Object),
        _ => null,
    };

    private static string? Scalar(JsonElement element, string name) => Property(element, name) is { } value && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        ? value.ToString()
        : null;

    /// <summary>A property by name, without case (gaps P6).</summary>
    public static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }
}
