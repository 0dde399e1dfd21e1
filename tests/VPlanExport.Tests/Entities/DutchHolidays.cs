namespace VPlanExport.Tests.Entities;

/// <summary>Dutch public holidays, computed: Easter by the anonymous Gregorian algorithm, the movable days from it.</summary>
internal static class DutchHolidays
{
    private const int FirstKingsDay = 2014;

    /// <summary>The holiday's English name; null on any other day.</summary>
    public static string? NameOf(DateOnly day)
    {
        var easter = Easter(day.Year);
        return (day.DayNumber - easter.DayNumber) switch
        {
            0 => "Easter Sunday",
            1 => "Easter Monday",
            39 => "Ascension Day",
            49 => "Whit Sunday",
            50 => "Whit Monday",
            _ => Fixed(day),
        };
    }

    private static string? Fixed(DateOnly day) =>
        (day.Month, day.Day) switch
        {
            (1, 1) => "New Year's Day",
            (4, 27) when day.Year >= FirstKingsDay && day.DayOfWeek != DayOfWeek.Sunday => "King's Day",
            (4, 26) when day.Year >= FirstKingsDay && day.DayOfWeek == DayOfWeek.Saturday => "King's Day",
            (4, 30) when day.Year < FirstKingsDay && day.DayOfWeek != DayOfWeek.Sunday => "Queen's Day",
            (4, 29) when day.Year < FirstKingsDay && day.DayOfWeek == DayOfWeek.Saturday => "Queen's Day",
            (5, 5) when day.Year % 5 == 0 => "Liberation Day",
            (12, 25) => "Christmas Day",
            (12, 26) => "Second Christmas Day",
            _ => null,
        };

    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }
}
