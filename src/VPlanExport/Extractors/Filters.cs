using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Extractors;

/// <summary>The filter language (A:`filtering-344703m0`). Values are always quoted; there is no way to escape a quote, so none may hold one.</summary>
internal static class Filters
{
    /// <summary>Longest filter to send, in characters as sent (gaps P22).</summary>
    public const int MaxLength = 2000;

    /// <summary>False for text that no filter can ask for.</summary>
    public static bool CanHold(string value) => !value.Contains('\'');

    public static string Is(string field, string op, string value) => !CanHold(value)
        ? throw new ArgumentException($"vPlan's filters cannot hold a quote: {value}")
        : $"{field}:{op}:'{value}'";

    public static string Is(string field, string op, DateTime utc) => Is(field, op, Stamp.Text(utc));

    public static string? All(params string?[] conditions) => Join(",and,", conditions);

    public static string? Any(params string?[] conditions) => Join(",or,", conditions);

    /// <summary>Records by their ids.</summary>
    public static string AnyId(IEnumerable<string> ids) => Any([.. ids.Select(id => Is("id", "eq", id))])!;

    /// <summary>True when vPlan takes a filter on so many ids.</summary>
    public static bool Fits(IEnumerable<string> ids) => Uri.EscapeDataString(AnyId(ids)).Length < MaxLength;

    /// <summary>The ids in groups that vPlan takes a filter on.</summary>
    public static IEnumerable<IReadOnlyList<string>> Groups(IEnumerable<string> ids, int most)
    {
        var group = new List<string>();
        foreach (var id in ids)
        {
            if (group.Count > 0 && (group.Count == most || !Fits([.. group, id])))
            {
                yield return group;
                group = [];
            }
            group.Add(id);
        }
        if (group.Count > 0)
            yield return group;
    }

    /// <summary>The days of a backfill, as a condition on the endpoint's business field.</summary>
    public static string? Of(Endpoint endpoint, Window window) => window switch
    {
        Window.Range range when endpoint.BusinessFieldIsDate => All(
            Is(endpoint.BusinessField, "gte", Day(range.From)),
            Is(endpoint.BusinessField, "lte", Day(range.To))),
        Window.Range { To: var to } range => All(
            Is(endpoint.BusinessField, "gte", Midnight(range.From, range.Zone)),
            to < DateOnly.MaxValue ? Is(endpoint.BusinessField, "lt", Midnight(to.AddDays(1), range.Zone)) : null),
        _ => null,
    };

    /// <summary>The records of a lookback that vPlan can be asked for.</summary>
    public static string Of(Lookback lookback, DateOnly from) =>
        $"({Any([.. lookback.Dates.Select(date => Is(date, "gte", Day(from))), .. lookback.Open is { } open ? open.Values.Select(value => Is(open.Property, "eq", value)) : []])})";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>UTC of the day's first moment: an hour later than midnight where the clocks go forward at midnight.</summary>
    private static DateTime Midnight(DateOnly day, string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    private static string? Join(string separator, string?[] conditions)
    {
        var given = conditions.OfType<string>().ToArray();
        return given.Length == 0 ? null : string.Join(separator, given);
    }
}
