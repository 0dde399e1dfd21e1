using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>
/// The secrets that the settings hold, wherever they were put, right or wrong. They are only looked for in order not to
/// show them, so what cannot be read counts as empty.
/// </summary>
internal static partial class KnownSecrets
{
    /// <summary>Settings whose whole value is one.</summary>
    public static readonly string[] Settings =
    [
        "VPlan:ApiKey",
        "VPlan:ApiKeyNext",
        "VPlan:OAuth:ClientSecret",
        "VPlan:OAuth:TokenKey",
        "Lake:ConnectionString",
        "Privacy:Key",
        "Notify:Url",
    ];

    /// <summary>The default is none, and of others only what is a password.</summary>
    private const string Warehouse = "Warehouse:ConnectionString";

    /// <summary>A shorter path is no secret, and may stand in any message.</summary>
    private const int ShortestPath = 12;

    public static IEnumerable<string> In(IReadOnlyList<IConfiguration> sources)
    {
        foreach (var setting in Settings.Append(Warehouse))
        {
            foreach (
                var value in sources
                    .SelectMany(source => new[] { source[setting], Content(source[$"{setting}File"]) })
                    .OfType<string>()
                    .Select(v => v.Trim())
            )
            {
                if (setting != Warehouse)
                    yield return value;
                foreach (var part in setting == "Notify:Url" ? OfUrl(value) : PartsOf(value))
                    yield return part;
            }
        }
        foreach (var part in sources.SelectMany(source => OfUrl(source["Notify:Heartbeat"])))
            yield return part;
    }

    /// <summary>A URL that is all a caller needs: as it is, and the path and query that are its secret part.</summary>
    private static IEnumerable<string> OfUrl(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            yield break;
        yield return url.Trim();
        if (Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parts) && parts.PathAndQuery.Length >= ShortestPath)
            yield return parts.PathAndQuery;
    }

    /// <summary>What signs in to where telemetry goes.</summary>
    public static IEnumerable<string> OfTelemetry() =>
        new[] { "OTEL_EXPORTER_OTLP_HEADERS", "APPLICATIONINSIGHTS_CONNECTION_STRING" }
            .Select(name => Environment.GetEnvironmentVariable(name) ?? "")
            .SelectMany(value => value.Split(',', ';').Append(value))
            .SelectMany(part => new[] { part, part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..] })
            .Where(part => part.Length >= ShortestPath);

    /// <summary>User and password of the proxies that the environment names.</summary>
    public static IEnumerable<string> OfProxies()
    {
        foreach (
            var name in (string[])["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
        )
        {
            if (Credentials().Match(Environment.GetEnvironmentVariable(name) ?? "") is not { Success: true } match)
                continue;
            var password = match.Groups[2].Value;
            foreach (var secret in (string[])[match.Groups[1].Value, password, Uri.UnescapeDataString(password)])
                yield return secret;
        }
    }

    /// <summary>Whether a text says that it holds a password or a key.</summary>
    public static bool HoldsOne(string text) => Part().IsMatch(text);

    private static string? Content(string? file)
    {
        try
        {
            return string.IsNullOrWhiteSpace(file) ? null : File.ReadAllText(HomeFolder.Expanded(file.Trim()));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Passwords, keys and signatures in a connection string, without their quotes; with the name before them
    /// where they are too short to be found alone.</summary>
    private static IEnumerable<string> PartsOf(string text)
    {
        foreach (var match in Part().Matches(text).Concat(Signature().Matches(text)))
        {
            var value = match.Groups[1].Value.Trim();
            var bare = value is ['"' or '\'' or '{', .., '"' or '\'' or '}']
                ? value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
                : value;
            yield return bare.Length < Secrets.Shortest ? match.Value.TrimStart(';', ' ') : bare;
            yield return Uri.UnescapeDataString(bare);
        }
    }

    [GeneratedRegex(
        """(?:^|;)\s*(?:password|pwd|accountkey|sharedaccesssignature)\s*=\s*"""
            + """("(?:[^"]|"")*"|'[^']*'|\{[^}]*\}|[^;]+)""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Part();

    [GeneratedRegex("^(?:[a-z0-9]+://)?([^/@:]*:([^/]*))@", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex("[?&=]sig=([^&;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
