using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>dim_date: not read from vPlan, made again by every run so that the offsets are relative to today.</summary>
internal static class Calendar
{
    public static readonly Table Dim = TableBuilder
        .DateDimension(
            "dim_date",
            "One row per day, from 1 January of the oldest year seen to 31 December two years ahead."
        )
        .Titled("Datum")
        .Computed("date", ColumnType.Date, "The day.")
        .Dutch("Datum")
        .Computed("year", ColumnType.Int32, "Calendar year.")
        .Dutch("Jaar")
        .Computed("quarter", ColumnType.Int32, "Calendar quarter, 1 to 4.")
        .Dutch("Kwartaal")
        .Computed("month", ColumnType.Int32, "Month, 1 to 12.")
        .Dutch("Maand")
        .Computed("month_name", ColumnType.Text(20), "Name of the month, in Calendar:Language.")
        .Dutch("Maandnaam")
        .Computed("year_month", ColumnType.Text(7), "Such as 2026-10.")
        .Dutch("Jaarmaand")
        .Computed(
            "fiscal_year",
            ColumnType.Int32,
            "Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts."
        )
        .Dutch("Boekjaar")
        .Computed("fiscal_quarter", ColumnType.Int32, "Quarter of the fiscal year, 1 to 4.")
        .Dutch("Boekkwartaal")
        .Computed("fiscal_month", ColumnType.Int32, "Month of the fiscal year, 1 to 12.")
        .Dutch("Boekmaand")
        .Computed("iso_year", ColumnType.Int32, "Year of the ISO week.")
        .Dutch("ISO-jaar")
        .Computed("iso_week", ColumnType.Int32, "ISO week, 1 to 53.")
        .Dutch("ISO-week")
        .Computed("iso_year_week", ColumnType.Text(8), "Such as 2026-W41.")
        .Dutch("ISO-jaarweek")
        .Computed("weekday", ColumnType.Int32, "1 is Monday.")
        .Dutch("Weekdag")
        .Computed("weekday_name", ColumnType.Text(20), "Name of the weekday, in Calendar:Language.")
        .Dutch("Naam van de weekdag")
        .Computed("is_weekend", ColumnType.Bool, "Saturday or Sunday.")
        .Dutch("Is weekend")
        .Computed(
            "is_holiday",
            ColumnType.Bool,
            "A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is "
                + "none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it."
        )
        .Dutch("Is feestdag")
        .Computed("holiday_name", ColumnType.Text(100), "Name of the holiday: of the file, or in Calendar:Language.")
        .Dutch("Feestdag")
        .Computed("day_offset", ColumnType.Int32, "Days from today; 0 is today.", "days")
        .Dutch("Dagen vanaf vandaag")
        .Computed("week_offset", ColumnType.Int32, "ISO weeks from this week.", "weeks")
        .Dutch("Weken vanaf nu")
        .Computed("month_offset", ColumnType.Int32, "Months from this month.", "months")
        .Dutch("Maanden vanaf nu")
        .Build();
}

/// <summary>What dim_date says beyond the calendar itself.</summary>
/// <param name="FiscalYearStart">The month in which a fiscal year starts, 1 to 12.</param>
internal sealed record CalendarSettings(Holidays Holidays, int FiscalYearStart)
{
    // Written out, so that no culture of the machine changes a row.
    private static readonly string[] DutchMonths =
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    private static readonly string[] DutchWeekdays =
    [
        "zondag",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
    ];

    /// <summary>Months and weekdays have Dutch names; else English ones.</summary>
    public bool IsDutch { get; init; }

    /// <param name="month">1 to 12.</param>
    public string MonthName(int month) =>
        IsDutch ? DutchMonths[month - 1] : CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    public string WeekdayName(DayOfWeek day) => IsDutch ? DutchWeekdays[(int)day] : day.ToString();
}
