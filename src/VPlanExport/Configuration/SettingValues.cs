using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>The text of each setting as what it stands for. A value that is blank is the default; one that is no value
/// is a <see cref="ConfigurationException"/>.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    public string Text(string key) =>
        configuration[key] switch
        {
            null => Setting.Find(key)!.Default,
            var value when value.Contains('\0', StringComparison.Ordinal) => throw new ConfigurationException(
                $"{key} holds a NUL character, which stands in no value. Write it again."
            ),
            var value => string.IsNullOrWhiteSpace(value) ? Setting.Find(key)!.Default : value.Trim(),
        };

    /// <summary>A number in the range of the setting.</summary>
    public int Integer(string key)
    {
        var (least, most) = Setting.Find(key)!.Range!.Value;
        return
            int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
            ? value
            : throw Wrong(key, FormattableString.Invariant($"a whole number from {least} to {most}"));
    }

    /// <summary>Several of what is allowed, with commas between them.</summary>
    public IReadOnlyList<string> AllOf(string key, params string[] allowed)
    {
        var given = Text(key).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return given.All(g => allowed.Contains(g, StringComparer.OrdinalIgnoreCase))
            ? [.. given.Select(g => g.ToLowerInvariant()).Distinct()]
            : throw Wrong(key, $"one or several of {string.Join(", ", allowed)}");
    }

    /// <summary>One of the words that the setting takes.</summary>
    public string OneOf(string key)
    {
        var allowed = Setting.Find(key)!.Allowed;
        return allowed.FirstOrDefault(a => string.Equals(a, Text(key), StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(key, string.Join(" or ", allowed));
    }

    /// <summary>Plain http would send the key for all to read, so it goes to this machine only.</summary>
    public string Url(string key)
    {
        if (Text(key) == "")
            return "";
        if (!Uri.TryCreate(Text(key), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw Wrong(
                key,
                "a URL such as "
                    + $"{(Setting.Find(key)!.Default is { Length: > 0 } usual ? usual : "https://example.com/vplan")}"
            );
        if (url.UserInfo != "")
            throw new ConfigurationException(
                $"{key} holds a name or a password in front of {url.Authority}, and is no place for a secret: "
                    + "take it out."
            );
        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback
            ? Text(key)
            : throw Wrong(
                key,
                "plain http only to this machine, because it would send the key unencrypted; use "
                    + $"https://{url.Authority}{url.AbsolutePath}"
            );
    }

    /// <summary>A path of this machine, with the home folder for <c>~</c>.</summary>
    public string FilePath(string key) =>
        HomeFolder.IsAnothers(Text(key))
            ? throw Wrong(key, "a path in full: ~/ stands for the home folder of this account, and no other is known")
            : HomeFolder.Expanded(Text(key));

    /// <summary>A folder of this machine, or a place in Azure Blob Storage.</summary>
    /// <param name="connectionString">Of the storage account; empty to sign in as the machine's identity.</param>
    public StoreLocation Place(string key, string connectionString)
    {
        RefuseSecret(key);
        if (ForeignPlace.Instead(Text(key)) is { } instead)
            throw Wrong(key, instead);
        if (!Text(key).Contains("://", StringComparison.Ordinal))
        {
            return connectionString == ""
                ? new StoreLocation.Folder(Path.GetFullPath(FilePath(key)))
                : throw Wrong(key, $"a URL such as {ForeignPlace.Form}, because Lake:ConnectionString is set");
        }
        var url = new Uri(Url(key));
        if (
            connectionString != ""
            && BlobAccount.Of(connectionString).Endpoint.ToString().TrimEnd('/') is var account
            && !$"{url}/".StartsWith($"{account}/", StringComparison.OrdinalIgnoreCase)
        )
            throw Wrong(
                key,
                $"a place in the storage account of Lake:ConnectionString, such as {account}/CONTAINER/PREFIX"
            );
        var parts = new BlobUriBuilder(url);
        if (parts.BlobContainerName == "")
            throw Wrong(key, $"a URL that names a container, such as {ForeignPlace.Form}");
        var prefix = parts.BlobName.Trim('/');
        parts.BlobName = "";
        return new StoreLocation.Blob(parts.ToUri(), prefix, connectionString);
    }

    /// <summary>A place is shown, so neither a signature nor a password may stand in it.</summary>
    private void RefuseSecret(string key)
    {
        if (!Uri.TryCreate(Text(key), UriKind.Absolute, out var url) || url.IsFile)
            return;
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new ConfigurationException(
                $"{key} holds a name and a password in front of {url.Host}, and is no place for a secret: take "
                    + "them out."
            );
        if (url.Query != "")
            throw new ConfigurationException(
                $"{key} is {url.GetLeftPart(UriPartial.Path)} with a signature behind it, which is a secret: put "
                    + "it into the environment variable Lake__ConnectionString, as 'BlobEndpoint="
                    + (
                        url.Scheme is "https" or "http"
                            ? url.GetLeftPart(UriPartial.Authority)
                            : "https://ACCOUNT.blob.core.windows.net"
                    )
                    + ";SharedAccessSignature=...'."
            );
    }

    public bool IsSet(string key) => !string.IsNullOrWhiteSpace(configuration[key]);

    public TimeZoneInfo Zone(string key)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(Text(key), out var zone))
            return zone;
        if (ZoneNames.AreMissing)
            throw new ConfigurationException(
                Environment.GetEnvironmentVariable("TZDIR") is { Length: > 0 } folder
                    ? $"{key} is '{Text(key)}', and this machine has no time zone data in '{folder}', which the "
                        + "variable TZDIR names. Install it (the package tzdata of Debian, Ubuntu, Alpine and Red Hat) "
                        + "or correct TZDIR, and start again."
                    : $"{key} is '{Text(key)}', and this machine has no time zone data. Install it (the package tzdata "
                        + "of Debian, Ubuntu, Alpine and Red Hat), and start again."
            );
        var nearest = ZoneNames.Nearest(Text(key));
        throw Wrong(
            key,
            $"a time zone that this machine knows, such as {Setting.Find(key)!.Default}"
                + (nearest is null ? "" : $". Did you mean '{nearest}'?")
        );
    }

    private ConfigurationException Wrong(string key, string allowed) =>
        new($"{key} is '{Text(key)}'; it takes {allowed}{(allowed.EndsWith('?') ? "" : ".")}");
}
