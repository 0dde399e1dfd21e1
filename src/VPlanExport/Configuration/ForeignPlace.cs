using System.Text.RegularExpressions;

namespace VPlanExport.Configuration;

/// <summary>A place as Fabric, Spark, other tools and the portal write it, and how this tool is told the same
/// place.</summary>
internal static partial class ForeignPlace
{
    public const string Form = "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX";

    /// <returns>What to write instead; null for a place that can be taken as it is.</returns>
    public static string? Instead(string place)
    {
        if (Url().Match(place) is not { Success: true } url)
            return Host().IsMatch(place) ? OnBlobs("", place) : null;
        var (scheme, container, host, path) = (
            url.Groups["scheme"].Value.ToLowerInvariant(),
            url.Groups["container"].Value,
            url.Groups["host"].Value,
            url.Groups["path"].Value
        );
        return scheme switch
        {
            "https" or "http" when OtherService().IsMatch(host) => $"a place in Azure Blob Storage as {Form}",
            "https" or "http" => Lake().IsMatch(host) ? OnBlobs("", host + path) : null,
            "abfs" or "abfss" or "wasb" or "wasbs" or "az" or "azure" when container != "" => OnBlobs(
                container,
                host + path
            ),
            "abfs" or "abfss" or "wasb" or "wasbs" or "az" or "azure" => Host().IsMatch(host)
                ? OnBlobs("", host + path)
                : $"https://ACCOUNT.blob.core.windows.net/{host}{path}",
            "file" => $"a folder of this machine as its path: {new Uri(place).LocalPath}",
            _ => $"a folder of this machine, or a place in Azure Blob Storage as {Form}",
        };
    }

    /// <summary>A Data Lake's endpoint has a twin that takes the requests of blobs.</summary>
    private static string OnBlobs(string container, string hostAndPath)
    {
        var parts = hostAndPath.Split('/', 2);
        var path = string.Join(
            '/',
            new[] { container, parts.ElementAtOrDefault(1)?.Trim('/') ?? "" }.Where(p => p != "")
        );
        return $"https://{Lake().Replace(parts[0], ".blob.", 1)}/{(path == "" ? "CONTAINER/PREFIX" : path)}";
    }

    /// <summary>Two letters at least: one is a drive.</summary>
    [GeneratedRegex(
        "^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):/+(?:(?<container>[^/@]*)@)?(?<host>(?<=//|@)[^/]*)?(?<path>.*)$",
        RegexOptions.Singleline
    )]
    private static partial Regex Url();

    [GeneratedRegex(@"^[A-Za-z0-9.-]+\.(blob|dfs)\.[A-Za-z0-9.-]+(/|$)")]
    private static partial Regex Host();

    [GeneratedRegex(@"\.(file|queue|table)\.core\.")]
    private static partial Regex OtherService();

    [GeneratedRegex(@"\.dfs\.")]
    private static partial Regex Lake();
}
