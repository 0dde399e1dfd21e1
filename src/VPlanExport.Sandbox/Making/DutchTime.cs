namespace VPlanExport.Sandbox;

/// <summary>Local time in the Netherlands without a time-zone database: summer time from the last Sunday of March to
/// that of October.</summary>
internal static class DutchTime
{
    /// <summary>Midnight UTC of a day, in Unix seconds.</summary>
    public static long Midnight(DateOnly day) => (day.DayNumber - 719_162L) * 86_400;

    /// <summary>The day in UTC of Unix seconds.</summary>
    public static DateOnly DayOf(long seconds) => DateOnly.FromDayNumber((int)(seconds / 86_400 + 719_162));

    /// <summary>Unix seconds of a local clock time; minutes past 24 hours fall on the next day.</summary>
    public static long ToUtc(DateOnly day, int minutes) =>
        Midnight(day) + minutes * 60L - (IsSummer(day) ? 7_200 : 3_600);

    private static bool IsSummer(DateOnly day) => day >= LastSunday(day.Year, 3) && day < LastSunday(day.Year, 10);

    private static DateOnly LastSunday(int year, int month)
    {
        var last = new DateOnly(year, month, 31);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
