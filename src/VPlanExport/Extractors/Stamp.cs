using System.Globalization;

namespace VPlanExport.Extractors;

/// <summary>vPlan's timestamps: ISO 8601 in UTC, whole seconds in practice, up to seven fraction digits accepted (A:`344680m0`).</summary>
internal static class Stamp
{
    /// <summary>Null when the text is no timestamp.</summary>
    public static DateTime? Parse(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The first moment that would be shown differently from <paramref name="at"/>: what is shown may have been cut to this unit. Null where the
    /// year 9999 ends before it.
    /// </summary>
    public static DateTime? After(DateTime at)
    {
        var unit = TimeSpan.TicksPerSecond;
        while (at.Ticks % unit != 0)
            unit /= 10;
        return at.Ticks <= DateTime.MaxValue.Ticks - unit ? at.AddTicks(unit) : null;
    }

    /// <summary>So long before <paramref name="at"/>, or the first moment that there is.</summary>
    public static DateTime Before(DateTime at, TimeSpan by) => new(Math.Max(at.Ticks - by.Ticks, 0), DateTimeKind.Utc);
}
