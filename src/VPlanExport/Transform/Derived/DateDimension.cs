using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;
using Calendar = VPlanExport.Entities.Calendar;

namespace VPlanExport.Transform.Derived;

/// <summary>The rows of dim_date.</summary>
internal static class DateDimension
{
    private const int YearsAhead = 2;

    /// <summary>Every day of the years from that of the oldest date seen to two after today's, further when a later
    /// date was seen, and the unknown day. Power BI takes only a table of whole years for a calendar.</summary>
    public static RowBatch Make(RunContext run, DateOnly oldest, DateOnly latest)
    {
        var batch = new RowBatch(Calendar.Dim);
        var first = new DateOnly(Math.Min(oldest.Year, run.Today.Year), 1, 1);
        var last = new DateOnly(Math.Max(latest.Year, run.Today.Year + YearsAhead), 12, 31);
        Append(batch, run, null);
        for (var day = first; day <= last; day = day.AddDays(1))
            Append(batch, run, day);
        return batch;
    }

    private static void Append(RowBatch batch, RunContext run, DateOnly? day)
    {
        foreach (var column in batch.Table.Columns)
            Append(batch[column.Name], Value(column.Name, run, day));
    }

    private static void Append(ColumnBuffer buffer, object? value)
    {
        switch (value)
        {
            case int number:
                ((ColumnBuffer<int>)buffer).Append(number);
                break;
            case string text:
                ((ColumnBuffer<string>)buffer).Append(text);
                break;
            case bool flag:
                ((ColumnBuffer<bool>)buffer).Append(flag);
                break;
            case DateOnly date:
                ((ColumnBuffer<DateOnly>)buffer).Append(date);
                break;
            case DateTime time:
                ((ColumnBuffer<DateTime>)buffer).Append(time);
                break;
            default:
                buffer.AppendNull();
                break;
        }
    }

    private static object? Value(string column, RunContext run, DateOnly? day) =>
        column switch
        {
            "date_key" => day is { } d ? BusinessZone.KeyOf(d) : (int)SurrogateKey.Unknown,
            "is_deleted" or "is_inferred" => false,
            _ when day is null => null,
            "extracted_at" => run.StartedAt,
            "run_id" => run.RunId,
            _ => Value(column, run.Today, run.Calendar, day.Value),
        };

    private static object? Value(string column, DateOnly today, CalendarSettings calendar, DateOnly day) =>
        column switch
        {
            "date" => day,
            "year" => day.Year,
            "quarter" => (day.Month + 2) / 3,
            "month" => day.Month,
            "month_name" => calendar.MonthName(day.Month),
            "year_month" => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            "fiscal_year" => FiscalYear(day, calendar.FiscalYearStart),
            "fiscal_quarter" => (FiscalMonth(day, calendar.FiscalYearStart) + 2) / 3,
            "fiscal_month" => FiscalMonth(day, calendar.FiscalYearStart),
            "iso_year" => IsoWeek.YearOf(day),
            "iso_week" => IsoWeek.NumberOf(day),
            "iso_year_week" => IsoWeek.NameOf(day),
            "weekday" => IsoWeek.WeekdayOf(day),
            "weekday_name" => calendar.WeekdayName(day.DayOfWeek),
            "is_weekend" => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday,
            "is_holiday" => calendar.Holidays.NameOf(day) is not null,
            "holiday_name" => calendar.Holidays.NameOf(day),
            "day_offset" => day.DayNumber - today.DayNumber,
            "week_offset" => (IsoWeek.MondayOf(day).DayNumber - IsoWeek.MondayOf(today).DayNumber) / 7,
            "month_offset" => (day.Year - today.Year) * 12 + day.Month - today.Month,
            _ => null,
        };

    /// <summary>Named after the calendar year in which it ends.</summary>
    private static int FiscalYear(DateOnly day, int start) => start > 1 && day.Month >= start ? day.Year + 1 : day.Year;

    private static int FiscalMonth(DateOnly day, int start) => (day.Month - start + 12) % 12 + 1;
}

/// <summary>The oldest and the latest date that a date key stands for: dim_date reaches from the one to the
/// other.</summary>
internal sealed class DateSpan
{
    public DateOnly Oldest { get; private set; } = DateOnly.MaxValue;

    public DateOnly Latest { get; private set; } = DateOnly.MinValue;

    public void Take((DateOnly Oldest, DateOnly Latest)? span)
    {
        if (span is { } known)
            (Oldest, Latest) = known;
    }

    public void Take(RowBatch batch)
    {
        foreach (var column in batch.Table.Columns)
        {
            if (column.Source is Source.DateKeyOf date)
                Take(batch.Typed<DateOnly>(date.Column));
        }
    }

    private void Take(ColumnBuffer<DateOnly> days)
    {
        for (var row = 0; row < days.Count; row++)
        {
            if (days.IsNull(row) || !BusinessZone.HasKey(days[row]))
                continue;
            Oldest = days[row] < Oldest ? days[row] : Oldest;
            Latest = days[row] > Latest ? days[row] : Latest;
        }
    }
}
