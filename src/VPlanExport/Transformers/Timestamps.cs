using System.Globalization;

namespace VPlanExport.Transformers;

/// <summary>Dates, times of day and timestamps from ISO 8601 text.</summary>
internal static class Timestamps
{
    private static readonly string[] TimesOfDay =
        [.. Enumerable.Range(0, 24 * 60).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m / 60:00}:{m % 60:00}"))];

    /// <summary>0 to 9 fraction digits and <c>Z</c>, an offset, or nothing (then UTC); kept to the microsecond.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length < 10 || !TryDay(text[..10], out var day))
            return false;
        var ticks = 0L;
        var rest = text[10..];
        if (!rest.IsEmpty && (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryClock(rest[1..], out ticks, out rest)))
            return false;
        if (!TryOffset(rest, out var offset))
            return false;
        var total = day * TimeSpan.TicksPerDay + ticks - offset;
        if (total < 0 || total > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTime(total - total % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
        return true;
    }

    /// <summary>A plain date, or the business date of a timestamp (gaps E8). Midnight UTC is a plain date in timestamp's clothing.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, BusinessZone zone, out DateOnly date)
    {
        date = default;
        if (!TryRead(text, out var utc))
            return false;
        date = utc.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(utc) : zone.DateOf(utc);
        return true;
    }

    /// <summary>H:mm, HH:mm or HH:mm:ss with or without a fraction, as HH:mm.</summary>
    public static bool TryTimeOfDay(ReadOnlySpan<byte> text, out string time)
    {
        time = "";
        Span<byte> padded = stackalloc byte[16];
        if (text.Length is < 4 or > 15)
            return false;
        padded[0] = (byte)'0';
        var missing = text[1] == ':' ? 1 : 0;
        text.CopyTo(padded[missing..]);
        if (!TryClock(padded[..(text.Length + missing)], out var ticks, out var rest) || !rest.IsEmpty)
            return false;
        time = TimesOfDay[ticks / TimeSpan.TicksPerMinute];
        return true;
    }

    private static bool TryDay(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (text[4] != '-' || text[7] != '-' || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        dayNumber = new DateOnly(year, month, day).DayNumber;
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute))
            return false;
        var second = 0;
        rest = text[5..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            if (rest.Length < 3 || !TryDigits(rest[1..3], out second))
                return false;
            rest = rest[3..];
        }
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        ticks = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond + Fraction(ref rest);
        return true;
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
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':'))
            return false;
        var minutes = 0;
        if (!TryDigits(text[1..3], out var hours) || (text.Length > 3 && !TryDigits(text[^2..], out minutes)) || hours > 23 || minutes > 59)
            return false;
        ticks = (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
