using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public sealed class HolidaysTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "holidays.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_shipped_file_is_what_the_rules_give()
    {
        for (var day = new DateOnly(2010, 1, 1); day <= new DateOnly(2035, 12, 31); day = day.AddDays(1))
            Holidays.Dutch.NameOf(day).Should().Be(DutchHolidays.NameOf(day), $"of {day:O}");
    }

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
    public void The_movable_days_follow_Easter(string easter)
    {
        var sunday = Day(easter);
        Holidays.Dutch.NameOf(sunday).Should().Be("Easter Sunday");
        Holidays.Dutch.NameOf(sunday.AddDays(1)).Should().Be("Easter Monday");
        Holidays.Dutch.NameOf(sunday.AddDays(39)).Should().Be("Ascension Day");
        Holidays.Dutch.NameOf(sunday.AddDays(49)).Should().Be("Whit Sunday");
        Holidays.Dutch.NameOf(sunday.AddDays(50)).Should().Be("Whit Monday");
        Holidays.Dutch.NameOf(sunday.AddDays(-7)).Should().BeNull();
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
    [InlineData("2014-04-30", null)]
    [InlineData("2025-05-05", "Liberation Day")]
    [InlineData("2026-05-05", null)]
    [InlineData("2030-05-05", "Liberation Day")]
    [InlineData("2035-05-05", "Liberation Day")]
    [InlineData("2026-12-25", "Christmas Day")]
    [InlineData("2026-12-26", "Second Christmas Day")]
    [InlineData("2026-12-31", null)]
    public void The_fixed_days_are_known(string day, string? expected) =>
        Holidays.Dutch.NameOf(Day(day)).Should().Be(expected);

    [Theory]
    [InlineData("date,name\n2026-05-04,Company day\n")]
    [InlineData("\uFEFFDate;Name\r\n2026-05-04;Company day\r\n")]
    [InlineData("region,name,date\nnl, Company day , 2026-05-04 \n\n")]
    [InlineData("date,name\n2026-05-04,\"Company day\"")]
    public void A_file_may_come_from_a_spreadsheet(string text)
    {
        var holidays = Read(text);

        holidays.NameOf(new DateOnly(2026, 5, 4)).Should().Be("Company day");
        holidays.NameOf(new DateOnly(2026, 12, 25)).Should().BeNull("the file replaces the Dutch holidays");
    }

    [Fact]
    public void A_file_without_days_is_no_holiday_at_all() =>
        Read("date,name\n").NameOf(new DateOnly(2026, 12, 25)).Should().BeNull();

    [Theory]
    [InlineData("", "line 1: there is no column 'date'; the first line takes date,name")]
    [InlineData("date\n2026-05-04\n", "line 1: there is no column 'name'; the first line takes date,name")]
    [InlineData("2026-05-04,Company day\n", "line 1: there is no column 'date'; the first line takes date,name")]
    [InlineData(
        "date,name\n2026-05-04,a\n\n4-5-2026,b\n",
        "line 4: date is '4-5-2026'; it takes a day as yyyy-MM-dd, such as 2026-04-27"
    )]
    [InlineData("date,name\n2026-02-29,a\n", "line 2: date is '2026-02-29'; it takes a day as yyyy-MM-dd")]
    [InlineData("date,name\n,a\n", "line 2: date is ''; it takes a day as yyyy-MM-dd")]
    [InlineData("date,name\n2026-05-04\n", "line 2: name is ''; it takes 1 to 100 characters")]
    [InlineData(
        "date,name\n2026-05-04,a\n2026-05-05,b\n2026-05-04,c\n",
        "line 4: date is '2026-05-04', as on line 2; a day stands in the file once"
    )]
    [InlineData("date,name\n2026-05-04,\"a\n2026-05-05,b\n", "line 2: the quotes do not match")]
    public void A_file_that_makes_no_sense_is_told_by_line_value_and_what_is_allowed(string text, string told) =>
        FluentActions
            .Invoking(() => Read(text))
            .Should()
            .Throw<ConfigurationException>()
            .Which.Message.Should()
            .StartWith($"Calendar:Holidays names '{File}': {told}")
            .And.EndWith("Correct the line and run again.");

    [Fact]
    public void A_name_that_the_column_cannot_hold_is_told() =>
        FluentActions
            .Invoking(() => Read("date,name\n2026-05-04," + new string('x', 101)))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage("*line 2: name is 'xxx*takes 1 to 100 characters*");

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        foreach (var path in new[] { "/no/such/holidays.csv", _folder.Path })
            FluentActions
                .Invoking(() => Holidays.Read(path))
                .Should()
                .Throw<ConfigurationException>()
                .WithMessage($"Calendar:Holidays names '{path}', which cannot be read:*leave the setting empty*");
    }

    private Holidays Read(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return Holidays.Read(File);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
