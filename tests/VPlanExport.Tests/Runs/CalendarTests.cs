using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class CalendarTests
{
    private const string Days =
        "SELECT date::VARCHAR || ' ' || holiday_name FROM dw.dim_date WHERE is_holiday AND year = 2027 ORDER BY date";

    [Fact]
    public async Task A_changed_file_of_holidays_is_in_both_sinks_after_the_next_run()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Warehouse(Days).Should().HaveCount(9).And.Contain("2027-04-27 King's Day");
        var file = house.In("holidays.csv");
        File.WriteAllText(file, "date,name\n2027-05-07,Company day\n2027-12-24,Early closing\n");
        house.Settings = house.Settings with
        {
            Calendar = house.Settings.Calendar with { Holidays = Holidays.Read(file) },
        };

        await house.NightlyAsync();

        house.Warehouse(Days).Should().Equal("2027-05-07 Company day", "2027-12-24 Early closing");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Another_start_of_the_fiscal_year_is_in_both_sinks_after_the_next_run()
    {
        const string Years =
            "SELECT min(date)::VARCHAR || ' ' || max(date)::VARCHAR FROM dw.dim_date WHERE fiscal_year = 2027";
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Warehouse(Years).Should().Equal("2027-01-01 2027-12-31");
        house.Settings = house.Settings with { Calendar = house.Settings.Calendar with { FiscalYearStart = 4 } };

        await house.NightlyAsync();

        house.Warehouse(Years).Should().Equal("2026-04-01 2027-03-31");
        await house.SinksAgreeAsync();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task A_bad_file_of_holidays_is_told_before_the_first_request(string command)
    {
        using var place = new CliHost();
        await using var vplan = await place.StartVPlanAsync();
        File.WriteAllText(place.PathOf("holidays.csv"), "date,name\n27-04-2027,King's Day\n");
        place.Settings.Add($"Calendar:Holidays={place.PathOf("holidays.csv")}");

        var outcome = (await place.InvokeAsync(command)).ShouldBe(ExitCode.Configuration);

        (outcome.Output + outcome.Errors)
            .Should()
            .Contain($"{place.PathOf("holidays.csv")}': line 2: date is '27-04-2027'; it takes a day as yyyy-MM-dd");
        vplan.Requests.Should().BeEmpty();
    }
}
