using System.Collections.Concurrent;
using VPlanExport.Configuration;

namespace VPlanExport.Runs;

/// <summary>
/// The time zones that business dates are in. Two zones are the same when every hour from 2000 to 2050 has the same
/// offset in both: so another name of a zone is the same (Windows' W. Europe Standard Time), and so is a neighbour that
/// keeps the same time.
/// </summary>
internal static class Zones
{
    private static readonly DateTime First = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConcurrentDictionary<(string, string), bool> Compared = new();

    /// <exception cref="ConfigurationException">This machine does not know the zone.</exception>
    public static TimeZoneInfo Named(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new ConfigurationException(
                $"A run was begun in the time zone '{id}', which this machine does not know. Update its time zone "
                    + "data, or discard the run: vplan-export run --fresh"
            );

    /// <summary>True where no zone was remembered: earlier versions did not.</summary>
    public static bool IsSame(string? id, TimeZoneInfo zone) =>
        id is null
        || id == zone.Id
        || (
            TimeZoneInfo.TryFindSystemTimeZoneById(id, out var other)
            && Compared.GetOrAdd((id, zone.Id), _ => HaveSameOffsets(other, zone))
        );

    /// <summary>What a run in the settings' zone would mix with rows that were dated in another one; null for
    /// nothing.</summary>
    public static string? Mix(RunManifest? last, IEnumerable<string> entities, Settings settings)
    {
        var elsewhere = entities
            .Where(name => !IsSame(last?.Entities.GetValueOrDefault(name)?.Zone, settings.TimeZone))
            .ToList();
        return elsewhere.Count == 0
            ? null
            : $"VPlan:TimeZone is '{settings.TimeZone.Id}', and the rows of {string.Join(", ", elsewhere)} were "
                + $"dated in '{last!.Entities[elsewhere[0]].Zone}'";
    }

    private static bool HaveSameOffsets(TimeZoneInfo one, TimeZoneInfo other)
    {
        for (var hour = First; hour < Last; hour = hour.AddHours(1))
        {
            if (one.GetUtcOffset(hour) != other.GetUtcOffset(hour))
                return false;
        }
        return true;
    }
}
