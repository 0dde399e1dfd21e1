namespace VPlanExport.Configuration;

/// <summary>Time zones that this machine knows, for a name that is none of them.</summary>
internal static class ZoneNames
{
    private const string Sure = "Europe/London";

    /// <summary>Whether the machine has no time zones but UTC, as a slim container.</summary>
    public static bool AreMissing => !TimeZoneInfo.TryFindSystemTimeZoneById(Sure, out _);

    /// <summary>The name that was probably meant; null when none is like it.</summary>
    public static string? Nearest(string name)
    {
        var (nearest, distance) = TimeZoneInfo
            .GetSystemTimeZones()
            .Select(zone => zone.Id)
            .Select(id =>
                (
                    id,
                    Math.Min(
                        Distance(Letters(name), Letters(id)),
                        Distance(Letters(name), Letters(id[(id.LastIndexOf('/') + 1)..]))
                    )
                )
            )
            .OrderBy(pair => pair.Item2)
            .ThenBy(pair => pair.id, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is not null && distance <= Math.Max(1, name.Length / 5) ? nearest : null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Levenshtein's: so many letters are put in, left out or replaced.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(row[j], left) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }
}
