namespace VPlanExport.Sandbox;

/// <summary>Dutch public holidays and the weeks the plant is closed.</summary>
internal static class DutchCalendar
{
    public static bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && HolidayName(day) is null;

    public static string? HolidayName(DateOnly day)
    {
        var fixedName = (day.Month, day.Day) switch
        {
            (1, 1) => "Nieuwjaarsdag",
            (4, 27) => "Koningsdag",
            (12, 25) => "Eerste kerstdag",
            (12, 26) => "Tweede kerstdag",
            _ => null,
        };
        return fixedName
            ?? (day.DayNumber - Easter(day.Year).DayNumber) switch
            {
                1 => "Tweede paasdag",
                39 => "Hemelvaartsdag",
                50 => "Tweede pinksterdag",
                _ => null,
            };
    }

    public static DateOnly NextWorkday(DateOnly day)
    {
        while (!IsWorkday(day))
            day = day.AddDays(1);
        return day;
    }

    public static DateOnly AddWorkdays(DateOnly day, int count)
    {
        for (var i = 0; i < count; i++)
            day = NextWorkday(day.AddDays(1));
        return day;
    }

    /// <summary>Easter Sunday by the anonymous Gregorian computus.</summary>
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var sum = h + l - 7 * m + 114;
        return new DateOnly(year, sum / 31, sum % 31 + 1);
    }
}
