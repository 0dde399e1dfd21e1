using System.Globalization;

namespace VPlanExport.Storage;

/// <summary>
/// A shared access signature (SAS) of a storage account: which rights it gives, on what, and until when. Its fields:
/// https://learn.microsoft.com/rest/api/storageservices/create-account-sas and create-service-sas.
/// </summary>
/// <param name="text">A secret: the fields as in the query of a URL.</param>
internal sealed class SharedSignature(string text)
{
    private const string Advice = "Make one that may read, write, delete and list (sp=rwdl), on blobs (ss=b), for containers and objects (srt=co).";

    private static readonly (char Letter, string Right)[] Needed = [('r', "read"), ('w', "write"), ('d', "delete"), ('l', "list")];

    private readonly Dictionary<string, string> _fields = FieldsOf(text);

    public string Text => text;

    public bool IsSigned => _fields.ContainsKey("sig");

    /// <summary>Null where a stored access policy says it.</summary>
    public DateTimeOffset? Expires => Time("se");

    /// <summary>What is wrong with it, as far as its fields tell.</summary>
    /// <param name="now">By the server's clock; null when it is not known.</param>
    /// <returns>Null when they tell nothing.</returns>
    public string? Fault(DateTimeOffset? now)
    {
        if (Expires <= now)
            return $"The signature in Lake:ConnectionString expired on {Shown(Expires!.Value)}: make a new one.";
        if (Time("st") is { } start && start > now)
            return $"The signature in Lake:ConnectionString is not valid before {Shown(start)}: wait, or make one that begins earlier.";
        if (_fields.TryGetValue("ss", out var services) && !services.Contains('b', StringComparison.Ordinal))
            return $"The signature in Lake:ConnectionString is not for blobs: its services (ss) are '{services}'. {Advice}";
        if (_fields.TryGetValue("srt", out var types) && Lacking(types, ('c', "containers"), ('o', "objects")) is { Length: > 0 } resources)
            return $"The signature in Lake:ConnectionString is not for {resources}: its resource types (srt) are '{types}'. {Advice}";
        if (_fields.TryGetValue("sr", out var resource) && resource is not ("c" or "d"))
            return $"The signature in Lake:ConnectionString is for one blob (sr={resource}), and not for the container. Make one for the container (sr=c).";
        if (_fields.TryGetValue("sp", out var rights) && Lacking(rights, Needed) is { Length: > 0 } lacking)
            return $"The signature in Lake:ConnectionString lacks the right to {lacking}: its rights (sp) are '{rights}'. {Advice}";
        return null;
    }

    /// <summary>What the fields do not tell: the policy that they name, or a signature that was changed.</summary>
    public string Doubt() => _fields.TryGetValue("si", out var policy)
        ? $"The signature in Lake:ConnectionString has the rights and the end of the container's stored access policy '{policy}': look there, or make a new one."
        : "The signature in Lake:ConnectionString is not the account's: it was cut or changed, or the key that made it was renewed. Make a new one.";

    /// <summary>Addresses that alone may use it, such as <c>192.0.2.1-192.0.2.9</c>; null for all.</summary>
    public string? Addresses => _fields.GetValueOrDefault("sip");

    private static string Lacking(string letters, params IEnumerable<(char Letter, string Name)> needed) =>
        string.Join(" and ", needed.Where(n => !letters.Contains(n.Letter, StringComparison.Ordinal)).Select(n => $"{n.Name} ({n.Letter})"));

    private DateTimeOffset? Time(string field) =>
        DateTimeOffset.TryParse(_fields.GetValueOrDefault(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> FieldsOf(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (field.Split('=', 2) is [var name, var value])
                fields[name] = Uri.UnescapeDataString(value);
        }
        return fields;
    }
}
