using System.Text.Json.Nodes;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A vPlan that misbehaves for a while: what the run says meanwhile, and that nothing is missing afterwards.</summary>
public sealed class SourceFaultTests
{
    private const int Middle = 20;

    [Fact]
    public async Task A_storm_of_429_is_sat_out_whichever_way_the_reset_is_told()
    {
        await using var house = await House.OpenAsync();
        house.VPlan.Faults = FaultSchedule.When(request => request.PathOrdinal % 3 == 0 ? null
            : new Fault(FaultKind.Status429) { ResetSeconds = 7, ResetAsEpoch = request.PathOrdinal % 3 == 1 });

        await house.NightlyAsync();

        house.VPlan.Requests.Count(r => r.Fault is not null).Should().BeGreaterThan(30);
        house.Clock.Waits.Should().OnlyContain(wait => wait <= TimeSpan.FromSeconds(8));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task After_an_hour_of_maintenance_the_run_goes_on_behind_the_pages_it_has()
    {
        FaultKind[] notices = [FaultKind.Status503, FaultKind.Status303, FaultKind.Html200];
        await using var house = await House.OpenAsync();
        var end = house.Clock.GetUtcNow().AddHours(1);
        house.VPlan.Faults = FaultSchedule.When(request => request.Ordinal > Middle && house.Clock.GetUtcNow() < end ? notices[request.Ordinal % 3] : null);
        var failed = 0;

        for (var isDone = false; !isDone; house.Clock.Advance(TimeSpan.FromMinutes(10)))
        {
            try
            {
                await house.NightlyAsync();
                isDone = true;
            }
            catch (SourceUnavailableException e)
            {
                e.Message.Should().Contain("Try again later");
                failed++;
            }
        }

        failed.Should().BeInRange(3, 6);
        house.AllRuns.Should().ContainSingle();
        Answered(house).Should().OnlyHaveUniqueItems("what has been landed is not asked for again");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_a_run_reads_is_a_matter_of_configuration_and_with_a_new_one_the_run_goes_on()
    {
        await using var house = await House.OpenAsync();
        house.VPlan.Faults = FaultSchedule.When(request => request.Ordinal > Middle ? FaultKind.Status401 : null);

        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<ConfigurationException>().WithMessage("*401*revoked*VPlan:ApiKey*");

        house.VPlan.Faults = FaultSchedule.None;
        await house.NightlyAsync();
        house.AllRuns.Should().ContainSingle();
        Answered(house).GroupBy(asked => asked).Count(same => same.Count() > 1).Should().BeLessThan(4, "only what was under way is asked for again, not what has been landed");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_schema_that_drifts_between_two_pages_costs_the_rows_that_do_not_fit_until_they_do()
    {
        await using var house = await House.OpenAsync();
        var late = house.World.Records("card")[^1].Id;
        var position = house.World.Find("card", late)!.ToJson()["position"]?.DeepClone();
        house.VPlan.Edits = EditSchedule.Before((world, request) =>
        {
            if (request is { Path: "/card", PathOrdinal: 2 })
                world.Edit("card", late, new JsonObject { ["position"] = new JsonArray(1), ["mood"] = "good" });
        });

        var summary = await house.NightlyAsync();

        summary.Tables.Single(t => t.Table == "dim_card").Rejected.Should().Be(1);
        summary.Warnings.Should().Contain(w => w.Contains("mood", StringComparison.Ordinal));
        house.SinksAgree();
        house.VPlan.Edits = EditSchedule.None;
        house.World.Edit("card", late, new JsonObject { ["position"] = position });
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task An_answer_that_is_too_large_or_too_deep_is_refused_and_without_it_the_run_goes_on()
    {
        await using var house = await House.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { MaxBodyBytes = 1 << 20 } };
        var card = house.World.Records("card")[5].Id;
        var deep = Enumerable.Range(0, 80).Aggregate((JsonNode)new JsonArray(), (inner, _) => new JsonArray(inner));

        house.World.Edit("card", card, new JsonObject { ["extra"] = new string('x', 2 << 20) });
        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<SourceUnavailableException>().WithMessage("*/card*1,048,576 bytes (VPlan:MaxBodyMegabytes)*resumes*");
        house.World.Edit("card", card, new JsonObject { ["extra"] = deep });
        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<SourceUnavailableException>().WithMessage("*/card*depth*Try again later*");

        house.World.Edit("card", card, new JsonObject { ["extra"] = null });
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>The questions about entities that vPlan has answered.</summary>
    private static IEnumerable<string> Answered(House house) => house.VPlan.Requests.Where(r => r is { Status: 200, Fault: null, PathAndQuery: not "/me" }).Select(r => r.PathAndQuery);
}
