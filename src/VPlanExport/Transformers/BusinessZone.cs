namespace VPlanExport.Transformers;

/// <summary>Business dates: the date of a UTC timestamp in the environment's time zone. Not thread-safe: one per reader.</summary>
public sealed class BusinessZone(TimeZoneInfo zone)
{
    /// <summary>Dates before and after these are kept as they are and have no date key: every day between the oldest and the latest key is a row of dim_date.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);
    public static readonly DateOnly LastDate = new(2199, 12, 31);

    private const long QuarterTicks = 15 * TimeSpan.TicksPerMinute;

    private long _quarter = -1;
    private TimeSpan _offset;

    public static bool HasKey(DateOnly date) => date >= FirstDate && date <= LastDate;

    /// <summary>yyyymmdd; unknown where a date has no key.</summary>
    public static int KeyOf(DateOnly date) => HasKey(date) ? Entities.Calendar.KeyOf(date) : (int)Model.Keys.Unknown;

    /// <summary>The business date; centuries away from today, where offsets mean nothing, the date in UTC.</summary>
    /// <remarks>Offsets change on a quarter of an hour, so the last quarter's offset is kept: rows come nearly in order of time.</remarks>
    public DateOnly DateOf(DateTime utc)
    {
        if (utc.Year < FirstDate.Year - 1 || utc.Year > LastDate.Year + 1)
            return DateOnly.FromDateTime(utc);
        var quarter = utc.Ticks / QuarterTicks;
        if (quarter != _quarter)
            (_quarter, _offset) = (quarter, zone.GetUtcOffset(utc));
        return DateOnly.FromDateTime(utc + _offset);
    }
}
