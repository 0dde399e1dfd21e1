using VPlanExport.Model;

namespace VPlanExport.Configuration;

/// <summary>Time zones that this machine knows, for a name that is none of them.</summary>
internal static class ZoneNames
{
    private const string Sure = "Europe/London";

    /// <summary>Whether the machine has no time zones but UTC, as a slim container.</summary>
    public static bool AreMissing => !TimeZoneInfo.TryFindSystemTimeZoneById(Sure, out _);

    /// <summary>The name that was probably meant, also by its city alone; null when none is like it.</summary>
    public static string? Nearest(string name)
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        return NearestName.Of(name, zones)
            ?? (
                NearestName.Of(name, zones.Select(City)) is { } city
                    ? zones.Where(zone => City(zone) == city).Min(StringComparer.Ordinal)
                    : null
            );
    }

    private static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..];
}
