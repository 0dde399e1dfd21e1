using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>dim_date: not read from vPlan, made again by every run so that the offsets are relative to today.</summary>
internal static class Calendar
{
    public static readonly Table Dim = TableBuilder
        .DateDimension("dim_date", "One row per day, from the oldest date seen to two years ahead.")
        .Computed("date", ColumnType.Date, "The day.")
        .Computed("year", ColumnType.Int32, "Calendar year.")
        .Computed("quarter", ColumnType.Int32, "Calendar quarter, 1 to 4.")
        .Computed("month", ColumnType.Int32, "Month, 1 to 12.")
        .Computed("month_name", ColumnType.Text(20), "English name of the month.")
        .Computed("year_month", ColumnType.Text(7), "Such as 2026-10.")
        .Computed(
            "fiscal_year",
            ColumnType.Int32,
            "Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts."
        )
        .Computed("fiscal_quarter", ColumnType.Int32, "Quarter of the fiscal year, 1 to 4.")
        .Computed("fiscal_month", ColumnType.Int32, "Month of the fiscal year, 1 to 12.")
        .Computed("iso_year", ColumnType.Int32, "Year of the ISO week.")
        .Computed("iso_week", ColumnType.Int32, "ISO week, 1 to 53.")
        .Computed("iso_year_week", ColumnType.Text(8), "Such as 2026-W41.")
        .Computed("weekday", ColumnType.Int32, "1 is Monday.")
        .Computed("weekday_name", ColumnType.Text(20), "English name of the weekday.")
        .Computed("is_weekend", ColumnType.Bool, "Saturday or Sunday.")
        .Computed(
            "is_holiday",
            ColumnType.Bool,
            "A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is "
                + "none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it."
        )
        .Computed("holiday_name", ColumnType.Text(100), "Name of the holiday.")
        .Computed("day_offset", ColumnType.Int32, "Days from today; 0 is today.", "days")
        .Computed("week_offset", ColumnType.Int32, "ISO weeks from this week.", "weeks")
        .Computed("month_offset", ColumnType.Int32, "Months from this month.", "months")
        .Build();
}

/// <summary>What dim_date says beyond the calendar itself.</summary>
/// <param name="FiscalYearStart">The month in which a fiscal year starts, 1 to 12.</param>
internal sealed record CalendarSettings(Holidays Holidays, int FiscalYearStart);
