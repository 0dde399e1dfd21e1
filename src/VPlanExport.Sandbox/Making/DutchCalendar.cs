namespace VPlanExport.Sandbox;

/// <summary>Dutch public holidays and the weeks the plant is closed.</summary>
internal static class DutchCalendar
{
    public static bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && HolidayName(day) is null && !IsClosed(day);

    /// <summary>When the plant is closed in a year: the building trade's holiday and the days around New
    /// Year.</summary>
    public static (string Name, DateOnly First, DateOnly Last)[] Closures(int year)
    {
        var august = new DateOnly(year, 8, 1);
        var monday = august.AddDays((DayOfWeek.Monday - august.DayOfWeek + 7) % 7);
        return
        [
            ("Bouwvak", monday, monday.AddDays(11)),
            ("Kerstsluiting", new DateOnly(year, 12, 24), new DateOnly(year + 1, 1, 1)),
        ];
    }

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

    /// <summary>New Year's Day is a holiday too, so the year of the day tells all.</summary>
    private static bool IsClosed(DateOnly day) =>
        Closures(day.Year).Any(closure => day >= closure.First && day <= closure.Last);

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
