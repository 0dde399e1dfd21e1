using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Business dates are in one time zone: another <c>VPlan:TimeZone</c> dates everything again, or is refused.</summary>
[Trait("Tier", "scenario")]
public sealed class ZoneTests
{
    private const string DatedElsewhere =
        "SELECT count(*) FROM dw.fact_time_entry WHERE NOT is_deleted AND work_date IS DISTINCT FROM CAST((started_at AT TIME ZONE 'UTC') AT TIME ZONE '{0}' AS DATE)";

    [Fact]
    public async Task Another_time_zone_dates_every_row_again_and_says_so()
    {
        await using var house = await NightlyAsync("Europe/Amsterdam");
        house.Warehouse(InZone("Pacific/Auckland")).Should().NotEqual(["0"]);

        house.Settings = InZone(house, "Pacific/Auckland");
        var summary = await house.NightlyAsync();

        house.Warehouse(InZone("Pacific/Auckland")).Should().Equal("0");
        summary.Entities.Where(e => e.Entity != "stage_capacity").Should().OnlyContain(e => e.Window == "everything");
        summary
            .Warnings.Should()
            .ContainSingle(w =>
                w.StartsWith("VPlan:TimeZone is 'Pacific/Auckland', and the rows of board, ", StringComparison.Ordinal)
                && w.Contains("were dated in 'Europe/Amsterdam'", StringComparison.Ordinal)
            );
        await house.SinksAgreeAsync();
        var next = await house.NightlyAsync();
        next.Entities.Single(e => e.Entity == "time_tracking").Window.Should().StartWith("changed since");
        next.Warnings.Should().NotContain(w => w.Contains("TimeZone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_was_read_is_dated_again_and_the_rest_follows()
    {
        await using var house = await NightlyAsync("Europe/Amsterdam");
        house.Settings = InZone(house, "Pacific/Auckland");

        (await house.NightlyAsync("time_tracking")).Entities.Single().Window.Should().Be("everything");

        var rest = await house.NightlyAsync();
        rest.Entities.Single(e => e.Entity == "time_tracking").Window.Should().StartWith("changed since");
        rest.Entities.Single(e => e.Entity == "card").Window.Should().Be("everything");
        rest.Warnings.Should()
            .ContainSingle(w => w.Contains("VPlan:TimeZone", StringComparison.Ordinal))
            .Which.Should()
            .NotContain("time_tracking");
    }

    [Theory]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Europe/Berlin")]
    public async Task Another_name_of_the_same_time_is_the_same_zone(string other)
    {
        await using var house = await NightlyAsync("Europe/Amsterdam", "time_tracking");
        house.Settings = InZone(house, other);

        var summary = await house.NightlyAsync("time_tracking");

        summary.Entities.Single().Window.Should().StartWith("changed since");
        summary.Warnings.Should().NotContain(w => w.Contains("TimeZone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backfill_in_another_zone_is_refused_before_anything_is_read()
    {
        await using var house = await NightlyAsync("Europe/Amsterdam", "time_tracking");
        var runs = (await house.AllRunsAsync()).Count;
        var requests = house.VPlan.Requests.Count;
        house.Settings = InZone(house, "Pacific/Auckland");

        foreach (
            var backfill in new[]
            {
                () => house.BackfillAsync("2026-09-01", "2026-09-30", "time_tracking"),
                async () =>
                    (await house.BackfillMonthsAsync(TestExport.Range("2026-09-01", "2026-09-30", "time_tracking")))[0],
            }
        )
        {
            var refused = (await backfill.Should().ThrowAsync<ConfigurationException>()).Which;
            refused
                .Message.Should()
                .Be(
                    "VPlan:TimeZone is 'Pacific/Auckland', and the rows of time_tracking were dated in 'Europe/Amsterdam': a backfill would mix the two, so nothing was read. Set VPlan:TimeZone back, or first date everything in the new zone: vplan-export run --full"
                );
        }
        await (
            (Func<Task>)(
                () =>
                    house
                        .Backfills()
                        .PlanAsync(
                            TestExport.Range("2026-09-01", "2026-09-30", "time_tracking"),
                            CancellationToken.None
                        )
            )
        )
            .Should()
            .ThrowAsync<ConfigurationException>();

        (await house.AllRunsAsync()).Should().HaveCount(runs);
        house.VPlan.Requests.Should().HaveCount(requests);
        await house.FullAsync("time_tracking");
        await house.BackfillAsync("2026-09-01", "2026-09-30", "time_tracking");
        house.Warehouse(InZone("Pacific/Auckland")).Should().Equal("0");
    }

    [Fact]
    public async Task A_run_that_was_interrupted_after_reading_is_finished_in_its_own_zone()
    {
        await using var house = await TestExport.OpenAsync();
        (
            await house.DiesAtAsync(
                e => e is RunEvent.Started { Phase: "transform" },
                new RunRequest(RunKind.Nightly, ["time_tracking"])
            )
        )
            .Should()
            .BeTrue();
        house.Settings = InZone(house, "Pacific/Auckland");
        await using (var runner = await house.OpenRunnerAsync())
            await runner.SettleAsync(CancellationToken.None);
        house.Warehouse(InZone("Europe/Amsterdam")).Should().Equal("0");

        await house.NightlyAsync("time_tracking");

        house.Warehouse(InZone("Pacific/Auckland")).Should().Equal("0");
    }

    [Fact]
    public async Task A_reading_that_was_interrupted_in_another_zone_is_not_gone_on_with()
    {
        await using var house = await TestExport.OpenAsync();
        (await house.DiesAtAsync(e => e is RunEvent.Read, new RunRequest(RunKind.Nightly, ["time_tracking", "card"])))
            .Should()
            .BeTrue();
        house.Settings = InZone(house, "Pacific/Auckland");

        await house.NightlyAsync("time_tracking", "card");

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.Contains("VPlan:TimeZone has changed since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_tells_that_the_zone_has_changed()
    {
        await using var house = await NightlyAsync("Europe/Amsterdam", "time_tracking");
        (await house.InvokeAsync("check")).ToString().Should().NotContain("were dated in");

        (await house.InvokeAsync("--set", "VPlan:TimeZone=Pacific/Auckland", "check"))
            .ToString()
            .Should()
            .Contain(
                "VPlan:TimeZone is 'Pacific/Auckland', and the rows of time_tracking were dated in 'Europe/Amsterdam': the next run reads all of them again."
            );
    }

    private static async Task<TestExport> NightlyAsync(string zone, params string[] entities)
    {
        var house = await TestExport.OpenAsync();
        house.Settings = InZone(house, zone) with { VPlan = house.Settings.VPlan with { PageSize = 10 } };
        await house.NightlyAsync(entities);
        return house;
    }

    private static VPlanExport.Configuration.Settings InZone(TestExport house, string zone) =>
        house.Settings with
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        };

    private static string InZone(string zone) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, DatedElsewhere, zone);
}
