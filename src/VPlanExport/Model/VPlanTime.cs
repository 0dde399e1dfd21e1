using System.Globalization;

namespace VPlanExport.Model;

/// <summary>vPlan's timestamps: ISO 8601 in UTC, whole seconds in practice, up to seven fraction digits accepted
/// (A:`344680m0`).</summary>
internal static class VPlanStamp
{
    /// <summary>Null when the text is no timestamp.</summary>
    public static DateTime? Parse(string? text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    public static string Text(DateTime utc) =>
        utc.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The first moment that would be shown differently from <paramref name="at"/>: what is shown may have been cut to
    /// this unit. Null where the year 9999 ends before it.
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

/// <summary>Dates, times of day and timestamps from ISO 8601 text.</summary>
internal static class VPlanTime
{
    private const int HoursADay = 24;
    private const int DayLength = 10;
    private const int LongestClock = 31;
    private static readonly string[] TimesOfDay =
    [
        .. Enumerable
            .Range(0, HoursADay * 60 + 1)
            .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m / 60:00}:{m % 60:00}")),
    ];

    /// <summary>
    /// 0 to 9 fraction digits and <c>Z</c>, an offset, or nothing (then UTC); kept to the microsecond. 24:00 is the
    /// next midnight. A moment that the offset moves out of the years 1 to 9999 is the first or the last one that can
    /// be written.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length < DayLength || !TryDay(text[..DayLength], out var day))
            return false;
        var ticks = 0L;
        var rest = text[DayLength..];
        if (!rest.IsEmpty && (!IsBetweenDayAndClock(rest[0]) || !TryClock(rest[1..], out ticks, out rest)))
            return false;
        if (!TryOffset(rest, out var offset))
            return false;
        var total = Math.Clamp(day * TimeSpan.TicksPerDay + ticks - offset, 0, DateTime.MaxValue.Ticks);
        utc = new DateTime(total - total % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
        return true;
    }

    /// <summary>A plain date, or the business date of a timestamp (gaps E8). Midnight UTC is a plain date in
    /// timestamp's clothing.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, BusinessZone zone, out DateOnly date)
    {
        date = default;
        if (!TryRead(text, out var utc))
            return false;
        date = utc.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(utc) : zone.DateOf(utc);
        return true;
    }

    /// <summary>
    /// H:mm, HH:mm or HH:mm:ss with or without a fraction, as HH:mm; 24:00 is the end of the day. Of a timestamp it is
    /// the clock as written: its day and its offset say nothing about a time of day.
    /// </summary>
    public static bool TryTimeOfDay(ReadOnlySpan<byte> text, out string time)
    {
        time = "";
        if (text.Length > DayLength && IsBetweenDayAndClock(text[DayLength]) && TryDay(text[..DayLength], out _))
            text = text[(DayLength + 1)..];
        if (text.Length is < 4 or > LongestClock)
            return false;
        Span<byte> padded = stackalloc byte[LongestClock + 1];
        padded[0] = (byte)'0';
        var missing = text[1] == ':' ? 1 : 0;
        text.CopyTo(padded[missing..]);
        if (!TryClock(padded[..(text.Length + missing)], out var ticks, out var rest) || !TryOffset(rest, out _))
            return false;
        time = TimesOfDay[ticks / TimeSpan.TicksPerMinute];
        return true;
    }

    /// <summary>
    /// MySQL's date of zeros, as it is or as PHP counts it: the 30th of November of the year before year 0, or a day
    /// earlier when that was moved to UTC.
    /// </summary>
    public static bool IsZeroDate(ReadOnlySpan<byte> text)
    {
        if (text.Length < DayLength || text[0] is not ((byte)'0' or (byte)'-'))
            return false;
        var length =
            text.StartsWith("0000-00-00"u8) ? DayLength
            : text.StartsWith("-0001-11-30"u8) || text.StartsWith("-0001-11-29"u8) ? DayLength + 1
            : 0;
        return length > 0 && (text.Length == length || IsBetweenDayAndClock(text[length]));
    }

    private static bool IsBetweenDayAndClock(byte character) => character is (byte)'T' or (byte)'t' or (byte)' ';

    private static bool TryDay(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (
            text[4] != '-'
            || text[7] != '-'
            || !TryTwo(text, out var century)
            || !TryTwo(text[2..], out var year)
            || !TryTwo(text[5..], out var month)
            || !TryTwo(text[8..], out var day)
        )
            return false;
        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        dayNumber = new DateOnly(year, month, day).DayNumber;
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !TryTwo(text, out var hour) || !TryTwo(text[3..], out var minute))
            return false;
        var second = 0;
        rest = text[5..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            if (rest.Length < 3 || !TryTwo(rest[1..], out second))
                return false;
            rest = rest[3..];
        }
        if (hour > HoursADay || minute > 59 || second > 59)
            return false;
        ticks =
            hour * TimeSpan.TicksPerHour
            + minute * TimeSpan.TicksPerMinute
            + second * TimeSpan.TicksPerSecond
            + Fraction(ref rest);
        return ticks <= TimeSpan.TicksPerDay;
    }

    private static long Fraction(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2 || rest[0] is not ((byte)'.' or (byte)',') || !char.IsAsciiDigit((char)rest[1]))
            return 0;
        var (ticks, unit, i) = (0L, TimeSpan.TicksPerSecond / 10, 1);
        for (; i < rest.Length && char.IsAsciiDigit((char)rest[i]); i++, unit /= 10)
            ticks += (rest[i] - '0') * unit;
        rest = rest[i..];
        return ticks;
    }

    /// <summary>Z, +hh, +hhmm or +hh:mm.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
            return true;
        if (
            text[0] is not ((byte)'+' or (byte)'-')
            || text.Length is not (3 or 5 or 6)
            || (text.Length == 6 && text[3] != ':')
        )
            return false;
        var minutes = 0;
        if (
            !TryTwo(text[1..], out var hours)
            || (text.Length > 3 && !TryTwo(text[^2..], out minutes))
            || hours > 23
            || minutes > 59
        )
            return false;
        ticks = (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>The number that the first two characters are.</summary>
    private static bool TryTwo(ReadOnlySpan<byte> text, out int value)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        value = tens * 10 + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}

/// <summary>Business dates: the date of a UTC timestamp in the environment's time zone. Not thread-safe: one per
/// reader.</summary>
internal sealed class BusinessZone(TimeZoneInfo zone)
{
    /// <summary>Dates before and after these are kept as they are and have no date key: every day between the oldest
    /// and the latest key is a row of dim_date.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);
    public static readonly DateOnly LastDate = new(2199, 12, 31);

    private const long QuarterTicks = 15 * TimeSpan.TicksPerMinute;

    private long _quarter = -1;
    private TimeSpan _offset;

    public static bool HasKey(DateOnly date) => date >= FirstDate && date <= LastDate;

    /// <summary>yyyymmdd; unknown where a date has no key.</summary>
    public static int KeyOf(DateOnly date) =>
        HasKey(date) ? date.Year * 10_000 + date.Month * 100 + date.Day : (int)SurrogateKey.Unknown;

    /// <summary>The business date; centuries away from today, where offsets mean nothing, the date in UTC.</summary>
    /// <remarks>Offsets change on a quarter of an hour, so the last quarter's offset is kept: rows come nearly in order
    /// of time.</remarks>
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
