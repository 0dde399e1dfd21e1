using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>The text of each setting as what it stands for. A value that is blank is the default; one that is no value is a <see cref="ConfigurationException"/>.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    public string Text(string key) => configuration[key] switch
    {
        null => Setting.Find(key)!.Default,
        var value when value.Contains('\0', StringComparison.Ordinal) => throw new ConfigurationException($"{key} holds a NUL character, which stands in no value. Write it again."),
        var value => string.IsNullOrWhiteSpace(value) ? Setting.Find(key)!.Default : value.Trim(),
    };

    public int Integer(string key, int min, int max) =>
        int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Wrong(key, FormattableString.Invariant($"a whole number from {min} to {max}"));

    public string OneOf(string key, params string[] allowed) =>
        allowed.FirstOrDefault(a => string.Equals(a, Text(key), StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(key, string.Join(" or ", allowed));

    /// <summary>Plain http would send the key for all to read, so it goes to this machine only.</summary>
    public string Url(string key)
    {
        if (!Uri.TryCreate(Text(key), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw Wrong(key, $"a URL such as {Setting.Find(key)!.Default}");
        if (url.UserInfo != "")
            throw new ConfigurationException($"{key} holds a name or a password in front of {url.Authority}, and is no place for a secret: take it out.");
        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback
            ? Text(key)
            : throw Wrong(key, $"plain http only to this machine, because it would send the key unencrypted; use https://{url.Authority}{url.AbsolutePath}");
    }

    /// <summary>A folder of this machine, or a place in Azure Blob Storage.</summary>
    /// <param name="connectionString">Of the storage account; empty to sign in as the machine's identity.</param>
    public StoreLocation Place(string key, string connectionString)
    {
        if (!Text(key).Contains("://", StringComparison.Ordinal))
        {
            return connectionString == ""
                ? new StoreLocation.Folder(Path.GetFullPath(Text(key)))
                : throw Wrong(key, "a URL such as https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX, because Lake:ConnectionString is set");
        }
        var url = new Uri(Url(key));
        if (url.Query != "")
            throw new ConfigurationException($"{key} is {url.GetLeftPart(UriPartial.Path)} with a signature behind it, which is a secret: put it into the environment variable Lake__ConnectionString, as 'BlobEndpoint={url.GetLeftPart(UriPartial.Authority)};SharedAccessSignature=...'.");
        if (AccountOf(connectionString) is { } account && !$"{url}/".StartsWith($"{account.ToString().TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase))
            throw Wrong(key, $"a place in the storage account of Lake:ConnectionString, such as {account.ToString().TrimEnd('/')}/CONTAINER/PREFIX");
        var parts = new BlobUriBuilder(url);
        if (parts.BlobContainerName == "")
            throw Wrong(key, "a URL that names a container, such as https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX");
        var prefix = parts.BlobName.Trim('/');
        parts.BlobName = "";
        return new StoreLocation.Blob(parts.ToUri(), prefix, connectionString);
    }

    public bool IsSet(string key) => !string.IsNullOrWhiteSpace(configuration[key]);

    private static Uri? AccountOf(string connectionString)
    {
        try
        {
            return connectionString == "" ? null : new BlobServiceClient(connectionString).Uri;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ConfigurationException("Lake:ConnectionString is no connection string of a storage account. Copy it from the account's access keys: 'DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...'.");
        }
    }

    public TimeZoneInfo Zone(string key) => TimeZoneInfo.TryFindSystemTimeZoneById(Text(key), out var zone)
        ? zone
        : throw Wrong(key, "a time zone that this machine knows, such as " + Setting.Find(key)!.Default);

    private ConfigurationException Wrong(string key, string allowed) => new($"{key} is '{Text(key)}'; it takes {allowed}.");
}
