using System.Globalization;
using Azure.Storage.Blobs;

namespace VPlanExport.Storage;

/// <summary>A storage account, as its connection string names it.</summary>
/// <param name="Endpoint">Of its blobs, without a signature.</param>
/// <param name="Signature">Null where an account key signs in.</param>
internal sealed record BlobAccount(Uri Endpoint, SharedSignature? Signature)
{
    private const string SignatureForm =
        "'BlobEndpoint=https://ACCOUNT.blob.core.windows.net;SharedAccessSignature=sv=...'";

    /// <summary>
    /// Reads every form in which the portal and the tools of Azure give a signature: with or without a question mark
    /// before it, with the endpoints of other services beside, by endpoint or by name of the account.
    /// </summary>
    public static BlobAccount Of(string connectionString)
    {
        var parts = PartsOf(connectionString);
        if (parts.GetValueOrDefault("SharedAccessSignature") is { } signature)
            return Signed(EndpointOf(parts), signature);
        if (Uri.TryCreate(parts.GetValueOrDefault("BlobEndpoint"), UriKind.Absolute, out var url) && url.Query != "")
            return Signed(url, url.Query);
        if (connectionString.Contains("sig=", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException(
                "Lake:ConnectionString is a signature, or a URL with one, and no connection string. Write it as "
                    + $"{SignatureForm}."
            );
        try
        {
            return new BlobAccount(Bare(new BlobServiceClient(connectionString).Uri), null);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ConfigurationException(
                "Lake:ConnectionString is no connection string of a storage account. Copy it from the account's "
                    + "access keys: 'DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...'."
            );
        }
    }

    private static BlobAccount Signed(Uri endpoint, string signature)
    {
        var shared = new SharedSignature(signature.TrimStart('?', '&'));
        return shared.IsSigned
            ? new BlobAccount(Bare(endpoint), shared)
            : throw new ConfigurationException(
                $"The SharedAccessSignature in Lake:ConnectionString has no sig. Copy the whole of it: {SignatureForm}."
            );
    }

    private static Uri EndpointOf(Dictionary<string, string> parts)
    {
        var text =
            parts.GetValueOrDefault("BlobEndpoint")
            ?? (
                parts.GetValueOrDefault("AccountName") is { } account
                    ? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.blob."
                        + parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")
                    : ""
            );
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new ConfigurationException(
                "Lake:ConnectionString has a signature, and neither a BlobEndpoint that is a URL nor an "
                    + $"AccountName. Write it as {SignatureForm}."
            );
    }

    private static Uri Bare(Uri url) => new(url.GetLeftPart(UriPartial.Path));

    /// <summary>A value may hold the equals sign, and none holds a semicolon.</summary>
    private static Dictionary<string, string> PartsOf(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var part in connectionString.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (part.Split('=', 2) is [var name, var value] && value.Trim() != "")
                parts[name.Trim()] = value.Trim();
        }
        return parts;
    }
}

/// <summary>
/// A shared access signature (SAS) of a storage account: which rights it gives, on what, and until when. Its fields:
/// https://learn.microsoft.com/rest/api/storageservices/create-account-sas and create-service-sas.
/// </summary>
/// <param name="text">A secret: the fields as in the query of a URL.</param>
internal sealed class SharedSignature(string text)
{
    private const string Advice =
        "Make one that may read, write, delete and list (sp=rwdl), on blobs (ss=b), for containers and objects "
        + "(srt=co).";

    private static readonly (char Letter, string Right)[] Needed =
    [
        ('r', "read"),
        ('w', "write"),
        ('d', "delete"),
        ('l', "list"),
    ];

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
            return $"The signature in Lake:ConnectionString is not valid before {Shown(start)}: wait, or make one "
                + "that begins earlier.";
        if (_fields.TryGetValue("ss", out var services) && !services.Contains('b', StringComparison.Ordinal))
            return $"The signature in Lake:ConnectionString is not for blobs: its services (ss) are '{services}'. "
                + $"{Advice}";
        if (
            _fields.TryGetValue("srt", out var types)
            && Lacking(types, ('c', "containers"), ('o', "objects")) is { Length: > 0 } resources
        )
            return $"The signature in Lake:ConnectionString is not for {resources}: its resource types (srt) are "
                + $"'{types}'. {Advice}";
        if (_fields.TryGetValue("sr", out var resource) && resource is not ("c" or "d"))
            return $"The signature in Lake:ConnectionString is for one blob (sr={resource}), and not for the "
                + "container. Make one for the container (sr=c).";
        if (_fields.TryGetValue("sp", out var rights) && Lacking(rights, Needed) is { Length: > 0 } lacking)
            return $"The signature in Lake:ConnectionString lacks the right to {lacking}: its rights (sp) are "
                + $"'{rights}'. {Advice}";
        return null;
    }

    /// <summary>What the fields do not tell: the policy that they name, or a signature that was changed.</summary>
    public string Doubt() =>
        _fields.TryGetValue("si", out var policy)
            ? "The signature in Lake:ConnectionString has the rights and the end of the container's stored "
                + $"access policy '{policy}': look there, or make a new one."
            : "The signature in Lake:ConnectionString is not the account's: it was cut or changed, or the key "
                + "that made it was renewed. Make a new one.";

    /// <summary>Addresses that alone may use it, such as <c>192.0.2.1-192.0.2.9</c>; null for all.</summary>
    public string? Addresses => _fields.GetValueOrDefault("sip");

    private static string Lacking(string letters, params IEnumerable<(char Letter, string Name)> needed) =>
        string.Join(
            " and ",
            needed
                .Where(n => !letters.Contains(n.Letter, StringComparison.Ordinal))
                .Select(n => $"{n.Name} ({n.Letter})")
        );

    private DateTimeOffset? Time(string field) =>
        DateTimeOffset.TryParse(
            _fields.GetValueOrDefault(field),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    private static string Shown(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

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
