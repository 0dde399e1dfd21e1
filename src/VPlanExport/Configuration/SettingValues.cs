using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace VPlanExport.Configuration;

/// <summary>The text of each setting as what it stands for. A value that is blank is the default; one that is no value is a <see cref="ConfigurationException"/>.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    public string Text(string key) => configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : Setting.Find(key)!.Default;

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
        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback
            ? Text(key)
            : throw Wrong(key, $"plain http only to this machine, because it would send the key unencrypted; use https://{url.Authority}{url.AbsolutePath}");
    }

    public string Folder(string key) => Text(key).Contains("://", StringComparison.Ordinal)
        ? throw Wrong(key, "a folder on this machine, such as " + Setting.Find(key)!.Default)
        : Path.GetFullPath(Text(key));

    public TimeZoneInfo Zone(string key) => TimeZoneInfo.TryFindSystemTimeZoneById(Text(key), out var zone)
        ? zone
        : throw Wrong(key, "a time zone that this machine knows, such as " + Setting.Find(key)!.Default);

    private ConfigurationException Wrong(string key, string allowed) => new($"{key} is '{Text(key)}'; it takes {allowed}.");
}
