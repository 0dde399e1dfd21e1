namespace VPlanExport.Transformers;

/// <summary>Business dates: the date of a UTC timestamp in the environment's time zone. Not thread-safe: one per reader.</summary>
public sealed class BusinessZone(TimeZoneInfo zone)
{
    /// <summary>Dates before and after these are taken for mistakes: every day between the oldest and the latest is a row of dim_date.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);
    public static readonly DateOnly LastDate = new(2199, 12, 31);

    private const long QuarterTicks = 15 * TimeSpan.TicksPerMinute;

    private long _quarter = -1;
    private TimeSpan _offset;

    public static bool IsInRange(DateOnly date) => date >= FirstDate && date <= LastDate;

    /// <summary>The business date; false when it lies outside <see cref="FirstDate"/> to <see cref="LastDate"/>.</summary>
    /// <remarks>Offsets change on a quarter of an hour, so the last quarter's offset is kept: rows come nearly in order of time.</remarks>
    public bool TryDateOf(DateTime utc, out DateOnly date)
    {
        date = DateOnly.FromDateTime(utc);
        if (utc.Year < FirstDate.Year - 1 || utc.Year > LastDate.Year + 1)
            return false;
        var quarter = utc.Ticks / QuarterTicks;
        if (quarter != _quarter)
            (_quarter, _offset) = (quarter, zone.GetUtcOffset(utc));
        date = DateOnly.FromDateTime(utc + _offset);
        return IsInRange(date);
    }
}
