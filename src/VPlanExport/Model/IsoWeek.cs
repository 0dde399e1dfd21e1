using System.Globalization;

namespace VPlanExport.Model;

/// <summary>Weeks as ISO 8601 counts them: from Monday on, in the year that their Thursday lies in.</summary>
internal static class IsoWeek
{
    public static int YearOf(DateOnly day) => ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue));

    public static int NumberOf(DateOnly day) => ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>Such as 2026-W48.</summary>
    public static string NameOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{YearOf(day)}-W{NumberOf(day):00}");

    /// <summary>1 is Monday.</summary>
    public static int WeekdayOf(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(1 - WeekdayOf(day));
}
