using System.Text.Json.Nodes;
using VPlanExport.Model;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Schedules and absences, which vPlan only lists per resource.</summary>
[Trait("Tier", "scenario")]
public class PerParentTests
{
    [Fact]
    public async Task Days_that_vPlan_makes_anew_or_takes_away_follow_and_days_outside_the_nightly_window_stay()
    {
        await using var house = await TestExport.OpenAsync();
        var old = house.World.Add(
            "schedule",
            new JsonObject
            {
                ["resource_id"] = house.World.Records("resource")[0].Id,
                ["date"] = "2025-01-02",
                ["hours_work"] = 8,
            }
        );
        await house.NightlyAsync();
        var days = house
            .World.Records("schedule")
            .Where(d => d.Text("date")!.StartsWith("2026-10", StringComparison.Ordinal))
            .ToList();
        house.World.Edit("schedule", old, new JsonObject { ["hours_work"] = 4 });
        var again = days[0].ToJson();
        again["id"] = "made-again";
        again["hours_available"] = 3.25;
        house.World.Delete("schedule", days[0].Id);
        house.World.Add("schedule", again);
        house.World.Delete("schedule", days[1].Id);
        house.World.Delete("schedule_deviation", house.World.Records("schedule_deviation")[0].Id);

        var summary = await house.NightlyAsync();

        summary.Entities.Single(e => e.Entity == "schedule").Window.Should().Be("2025-09-02 to 2027-11-11");
        summary
            .Tables.Single(t => t.Table == "fact_resource_day")
            .Should()
            .Match<VPlanExport.Runs.TableSummary>(t => t.Written == 0 && t.Changed == 1 && t.Deleted == 1);
        await house.SinksAgreeAsync();
        house
            .Warehouse(
                "SELECT concat_ws(' ', hours_work, is_deleted) FROM dw.fact_resource_day WHERE date < DATE '2025-08-01'"
            )
            .Should()
            .Equal("8.0000 false");
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task What_vPlan_does_not_count_is_told_by_the_records_that_were_read()
    {
        await using var house = await TestExport.OpenAsync();

        await house.NightlyAsync();

        house
            .Warehouse(
                "SELECT concat_ws(' ', coalesce(expected::VARCHAR, 'uncounted'), seen) FROM bi.freshness WHERE table_name = 'fact_stage_capacity_day'"
            )
            .Should()
            .Equal(
                house.Warehouse(
                    "SELECT 'uncounted ' || count(DISTINCT (board_key, date)) FROM dw.fact_stage_capacity_day"
                )
            )
            .And.NotContain("uncounted 0");
    }

    [Fact]
    public async Task What_the_days_budget_has_no_room_for_is_left_for_the_next_run_which_starts_with_it()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 1000 } };
        await house.NightlyAsync();
        var needed = house.VPlan.Requests.Count;
        var resources = house.World.Records("resource").Count;
        house.Clock.Advance(TimeSpan.FromDays(1));
        house.Settings = house.Settings with
        {
            VPlan = house.Settings.VPlan with { RequestsPerDay = await FlatRequestsAsync(house) + 6 },
        };
        house.Clock.Advance(TimeSpan.FromDays(1));

        var summary = await house.NightlyAsync();

        needed.Should().BeGreaterThan(resources * 2);
        summary
            .Warnings.Should()
            .Contain(w =>
                w.StartsWith(
                    $"schedule: {resources - 3} of {resources} lists are left for the next run",
                    StringComparison.Ordinal
                )
            );
        var first = LastAsked(house);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.NightlyAsync();
        LastAsked(house).Concat(first).Distinct().Should().HaveCount(resources, "those that were left come first");
        (await house.ManifestAsync()).IsBase.Should().BeFalse();
        await house.SinksAgreeAsync();
    }

    [Theory]
    [InlineData(FaultKind.Status403)]
    [InlineData(FaultKind.Status404)]
    public async Task A_licence_without_schedules_is_a_warning(FaultKind refusal)
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Faults = FaultSchedule.Every(1, refusal).On("/resource/{id}/schedule");

        var summary = await house.NightlyAsync();

        summary.Warnings.Should().ContainSingle(w => w.StartsWith("schedule is unavailable", StringComparison.Ordinal));
        house.Warehouse("SELECT count(*) FROM dw.fact_resource_day").Should().Equal("0");
        house.Warehouse("SELECT count(*) FROM dw.fact_absence").Should().NotEqual(["0"]);
    }

    [Fact]
    public async Task A_backfill_replaces_the_days_of_its_range_only()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var days = house.World.Records("schedule").Where(d => d.Text("date") is "2026-09-22" or "2026-10-22").ToList();
        foreach (var day in days)
            house.World.Edit("schedule", day.Id, new JsonObject { ["hours_work"] = 1.5 });

        await house.BackfillAsync("2026-09-20", "2026-09-30", "schedule");

        await house.SinksAgreeAsync();
        house
            .Warehouse("SELECT DISTINCT date::VARCHAR FROM dw.fact_resource_day WHERE hours_work = 1.5")
            .Should()
            .Equal("2026-09-22");
    }

    /// <summary>Requests of a nightly run without its lists per resource.</summary>
    private static async Task<int> FlatRequestsAsync(TestExport house)
    {
        var before = house.VPlan.Requests.Count;
        await house.NightlyAsync();
        return house
            .VPlan.Requests.Skip(before)
            .Count(r => !r.PathAndQuery.Contains("/schedule", StringComparison.Ordinal));
    }

    private static List<string> LastAsked(TestExport house) =>
        [
            .. house
                .VPlan.Requests.Where(r => r.PathAndQuery.Contains("/schedule?", StringComparison.Ordinal))
                .Reverse()
                .Take(3)
                .Select(r => r.PathAndQuery.Split('?')[0]),
        ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_days_of_a_resource_that_is_gone_are_gone(bool isSaid)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var resource = house.World.Records("resource")[0].Id;
        foreach (var list in (string[])["schedule", "schedule_deviation"])
        {
            foreach (
                var row in house
                    .World.Records(list)
                    .Where(r => r.Text("resource_id") == resource)
                    .Select(r => r.Id)
                    .ToList()
            )
                house.World.Delete(list, row);
        }
        house.World.Delete("resource", resource);
        if (isSaid)
            house.VPlan.Faults = FaultSchedule.When(r =>
                r.Path.StartsWith($"/resource/{resource}/", StringComparison.Ordinal) ? FaultKind.Status404 : null
            );

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_list_that_may_not_be_read_is_left_out_and_the_others_are_read()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var days = house.World.Records("schedule").GroupBy(d => d.Text("resource_id")).Select(g => g.First()).ToList();
        foreach (var day in days)
            house.World.Edit("schedule", day.Id, new JsonObject { ["hours_work"] = 1.5 });
        house.VPlan.Faults = FaultSchedule.When(r =>
            r.Path == $"/resource/{days[0].Text("resource_id")}/schedule" ? FaultKind.Status403 : null
        );

        var summary = await house.FullAsync();

        summary
            .Warnings.Should()
            .ContainSingle(w =>
                w.StartsWith("schedule: ", StringComparison.Ordinal)
                && w.Contains("what was read of it before stays", StringComparison.Ordinal)
            );
        house
            .Warehouse("SELECT count(*) FROM dw.fact_resource_day WHERE hours_work = 1.5 AND NOT is_deleted")
            .Should()
            .Equal($"{days.Count - 1}");
        house.Warehouse("SELECT count(*) FROM dw.fact_resource_day WHERE is_deleted").Should().Equal("0");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task The_capacity_of_every_stage_and_day_is_what_vPlan_computes_and_follows_the_schedules()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Warehouse(CapacityOfStages).Should().Equal(await CapacityAsync(house)).And.NotBeEmpty();
        foreach (
            var day in house
                .World.Records("schedule")
                .Where(d => d.Text("date")!.StartsWith("2026-10-1", StringComparison.Ordinal))
        )
            house.World.Edit("schedule", day.Id, new JsonObject { ["hours_available"] = 2.5 });

        var summary = await house.NightlyAsync();

        house.Warehouse(CapacityOfStages).Should().Equal(await CapacityAsync(house));
        summary.Tables.Single(t => t.Table == "fact_stage_capacity_day").Changed.Should().BePositive();
        summary
            .Entities.Single(e => e.Entity == "stage_capacity")
            .Certificate.Should()
            .Be($"{house.World.Records("board").Count} lists, which vPlan does not count");
        await house.SinksAgreeAsync();
        await house.FullAsync();
        (await house.ManifestAsync()).IsBase.Should().BeTrue();
    }

    [Fact]
    public async Task A_board_without_an_answer_about_its_capacity_keeps_what_was_read()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var before = house.Warehouse(CapacityOfStages);
        var board = house.World.Records("board")[0].Id;
        house.VPlan.Faults = FaultSchedule.When(r =>
            r.Path == $"/board/{board}/capacity/stage" ? FaultKind.Error10005 : null
        );

        var summary = await house.NightlyAsync();

        summary
            .Warnings.Should()
            .ContainSingle(w =>
                w.StartsWith("stage_capacity: ", StringComparison.Ordinal)
                && w.Contains("what was read of it before stays", StringComparison.Ordinal)
            );
        house.Warehouse(CapacityOfStages).Should().Equal(before);
        await house.SinksAgreeAsync();
    }

    private const string CapacityOfStages =
        "SELECT concat_ws(' ', stage_key, date, available_minutes) AS line FROM dw.fact_stage_capacity_day WHERE NOT is_deleted ORDER BY line";

    private static async Task<List<string>> CapacityAsync(TestExport house)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", TestExport.SecretKey);
        http.DefaultRequestHeaders.Add("X-Api-Env", "sandbox");
        var lines = new List<string>();
        foreach (var board in house.World.Records("board"))
        {
            var answer = await http.GetStringAsync(
                $"{house.VPlan.BaseUrl}/board/{board.Id}/capacity/stage?date_range_start=2026-07-07&date_range_end=2027-10-07&time_frame=day",
                TestContext.Current.CancellationToken
            );
            lines.AddRange(
                from day in JsonNode.Parse(answer)!["data"]!.AsArray()
                from stage in day["stage"]!.AsArray()
                select $"{VPlanExport.Model.SurrogateKey.Of("stage", stage["id"]!.ToString())} {day["date"]} {stage["time_available"]}"
            );
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
