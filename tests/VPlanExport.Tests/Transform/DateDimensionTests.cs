using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Transform;
using VPlanExport.Transform.Derived;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class DateDimensionTests
{
    private static readonly Dictionary<int, Dictionary<string, object?>> s_days = Days(ParsedRecords.Run);

    [Theory]
    [InlineData(20181230, "2018-W52", 7)]
    [InlineData(20181231, "2019-W01", 1)]
    [InlineData(20191229, "2019-W52", 7)]
    [InlineData(20191230, "2020-W01", 1)]
    [InlineData(20201231, "2020-W53", 4)]
    [InlineData(20210103, "2020-W53", 7)]
    [InlineData(20210104, "2021-W01", 1)]
    [InlineData(20261231, "2026-W53", 4)]
    [InlineData(20270101, "2026-W53", 5)]
    public void Iso_weeks_are_right_around_new_year(int day, string week, int weekday)
    {
        s_days[day]
            .Should()
            .Contain("iso_year_week", week)
            .And.Contain("weekday", weekday)
            .And.Contain("is_weekend", weekday > 5);
        s_days[day]
            .Should()
            .Contain("iso_year", int.Parse(week[..4], CultureInfo.InvariantCulture))
            .And.Contain("iso_week", int.Parse(week[6..], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(20261123, 0, 0, 0)]
    [InlineData(20261122, -1, -1, 0)]
    [InlineData(20261129, 6, 0, 0)]
    [InlineData(20261130, 7, 1, 0)]
    [InlineData(20261201, 8, 1, 1)]
    [InlineData(20251123, -365, -53, -12)]
    [InlineData(20270101, 39, 5, 2)]
    public void Offsets_count_from_today(int day, int days, int weeks, int months) =>
        s_days[day]
            .Should()
            .Contain("day_offset", days)
            .And.Contain("week_offset", weeks)
            .And.Contain("month_offset", months);

    [Theory]
    [InlineData(1, 20260101, 2026, 1, 1)]
    [InlineData(1, 20261231, 2026, 4, 12)]
    [InlineData(4, 20260331, 2026, 4, 12)]
    [InlineData(4, 20260401, 2027, 1, 1)]
    [InlineData(4, 20260630, 2027, 1, 3)]
    [InlineData(4, 20261231, 2027, 3, 9)]
    [InlineData(4, 20270101, 2027, 4, 10)]
    [InlineData(10, 20260930, 2026, 4, 12)]
    [InlineData(10, 20261001, 2027, 1, 1)]
    [InlineData(10, 20270101, 2027, 2, 4)]
    [InlineData(10, 20270930, 2027, 4, 12)]
    public void A_fiscal_year_starts_in_its_month_and_is_named_after_the_year_it_ends_in(
        int start,
        int day,
        int year,
        int quarter,
        int month
    ) =>
        Days(ParsedRecords.Run with { Calendar = ParsedRecords.Run.Calendar with { FiscalYearStart = start } })[day]
            .Should()
            .Contain("fiscal_year", year)
            .And.Contain("fiscal_quarter", quarter)
            .And.Contain("fiscal_month", month);

    [Fact]
    public void A_day_is_described()
    {
        var day = s_days[20260427];
        day.Should()
            .Contain("date", new DateOnly(2026, 4, 27))
            .And.Contain("year", 2026)
            .And.Contain("quarter", 2)
            .And.Contain("month", 4)
            .And.Contain("month_name", "April")
            .And.Contain("year_month", "2026-04")
            .And.Contain("weekday_name", "Monday")
            .And.Contain("is_holiday", true)
            .And.Contain("holiday_name", "King's Day")
            .And.Contain("is_deleted", false)
            .And.Contain("run_id", "run-1");
    }

    [Fact]
    public void A_day_is_described_in_Dutch()
    {
        var calendar = new CalendarSettings(Holidays.DutchInDutch, FiscalYearStart: 1) { IsDutch = true };

        Days(ParsedRecords.Run with { Calendar = calendar })[20260427]
            .Should()
            .Contain("month_name", "april")
            .And.Contain("weekday_name", "maandag")
            .And.Contain("holiday_name", "Koningsdag");
    }

    [Fact]
    public void The_unknown_day_has_a_key_and_nothing_else() =>
        s_days[-1]
            .Where(p => p.Value is not null)
            .Select(p => p.Key)
            .Should()
            .BeEquivalentTo("date_key", "is_deleted", "is_inferred");

    [Fact]
    public void No_day_is_missing_from_the_oldest_year_to_two_years_ahead()
    {
        s_days
            .Keys.Should()
            .HaveCount(1 + new DateOnly(2028, 12, 31).DayNumber - new DateOnly(2018, 1, 1).DayNumber + 1);
        s_days.Keys.Where(key => key != -1).Min().Should().Be(20180101);
        s_days.Keys.Max().Should().Be(20281231);
    }

    [Fact]
    public void A_later_date_reaches_further() =>
        DateDimension
            .Make(ParsedRecords.Run, DateOnly.MaxValue, new DateOnly(2031, 1, 1))
            .Count.Should()
            .Be(1 + new DateOnly(2031, 12, 31).DayNumber - new DateOnly(2026, 1, 1).DayNumber + 1);

    private static Dictionary<int, Dictionary<string, object?>> Days(RunContext run) =>
        ParsedRecords
            .RowsOf(DateDimension.Make(run, new DateOnly(2018, 12, 25), new DateOnly(2020, 1, 1)))
            .ToDictionary(r => (int)r["date_key"]!);
}
