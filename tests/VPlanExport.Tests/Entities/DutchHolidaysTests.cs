using System.Globalization;
using VPlanExport.Entities;

namespace VPlanExport.Tests.Entities;

public class DutchHolidaysTests
{
    /// <summary>Easter Sundays from the printed almanac.</summary>
    [Theory]
    [InlineData("2019-04-21")]
    [InlineData("2020-04-12")]
    [InlineData("2021-04-04")]
    [InlineData("2022-04-17")]
    [InlineData("2023-04-09")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2028-04-16")]
    [InlineData("2029-04-01")]
    [InlineData("2030-04-21")]
    [InlineData("2031-04-13")]
    [InlineData("2032-03-28")]
    [InlineData("2033-04-17")]
    [InlineData("2034-04-09")]
    [InlineData("2035-03-25")]
    [InlineData("2038-04-25")]
    public void The_movable_days_follow_Easter(string easter)
    {
        var sunday = Day(easter);
        DutchHolidays.NameOf(sunday).Should().Be("Easter Sunday");
        DutchHolidays.NameOf(sunday.AddDays(1)).Should().Be("Easter Monday");
        DutchHolidays.NameOf(sunday.AddDays(39)).Should().Be("Ascension Day");
        DutchHolidays.NameOf(sunday.AddDays(49)).Should().Be("Whit Sunday");
        DutchHolidays.NameOf(sunday.AddDays(50)).Should().Be("Whit Monday");
        DutchHolidays.NameOf(sunday.AddDays(-7)).Should().BeNull();
    }

    [Theory]
    [InlineData("2026-01-01", "New Year's Day")]
    [InlineData("2025-04-26", "King's Day")]
    [InlineData("2025-04-27", null)]
    [InlineData("2026-04-27", "King's Day")]
    [InlineData("2026-04-26", null)]
    [InlineData("2031-04-26", "King's Day")]
    [InlineData("2031-04-27", null)]
    [InlineData("2013-04-27", null)]
    [InlineData("2013-04-30", "Queen's Day")]
    [InlineData("2006-04-29", "Queen's Day")]
    [InlineData("2006-04-30", null)]
    [InlineData("2014-04-30", null)]
    [InlineData("2025-05-05", "Liberation Day")]
    [InlineData("2026-05-05", null)]
    [InlineData("2030-05-05", "Liberation Day")]
    [InlineData("2035-05-05", "Liberation Day")]
    [InlineData("2026-12-25", "Christmas Day")]
    [InlineData("2026-12-26", "Second Christmas Day")]
    [InlineData("2026-12-31", null)]
    public void The_fixed_days_are_known(string day, string? expected) => DutchHolidays.NameOf(Day(day)).Should().Be(expected);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
