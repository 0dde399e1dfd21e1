using System.Text.Json.Nodes;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A vPlan that misbehaves for a while: what the run says meanwhile, and that nothing is missing afterwards.</summary>
[Trait("Tier", "scenario")]
public sealed class SourceFaultTests
{
    private const int Middle = 20;

    [Fact]
    public async Task A_name_that_no_server_has_is_unavailable_until_one_has_it()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "no-such-name");
        story.Vary(@"vplan\.invalid \(.*?\)\.", "vplan.invalid (as the machine says it).");

        await story.RunAsync("run --set VPlan:BaseUrl=https://vplan.invalid/v1", ExitCode.SourceUnavailable);
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    [Fact]
    public async Task A_storm_of_429_is_sat_out_whichever_way_the_reset_is_told()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "storm-of-429");
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.PathOrdinal % 3 == 0
                ? null
                : new Fault(FaultKind.Status429) { ResetSeconds = 7, ResetAsEpoch = request.PathOrdinal % 3 == 1 }
        );

        story.Say(
            "Of three requests vPlan answers two with 429, which RateLimit-Reset ends in 7 seconds: once in seconds, once as a moment."
        );
        await story.RunAsync("run");
        house.VPlan.Requests.Count(r => r.Fault is not null).Should().BeGreaterThan(30);
        house.Clock.Waits.Should().OnlyContain(wait => wait <= TimeSpan.FromSeconds(8));
        house.VPlan.Faults = FaultSchedule.None;
        story.Say("The storm is over.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    [Fact]
    public async Task The_day_after_the_budget_was_reached_the_run_goes_on_where_it_stopped()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "budget");

        await story.RunAsync("run --set VPlan:RequestsPerDay=20", ExitCode.BudgetReached);
        house
            .VPlan.Requests.Count.Should()
            .BeInRange(17, 20, "requests that wait for their turn when the budget ends are not sent any more");
        await story.RunAsync("run --set VPlan:RequestsPerDay=20", ExitCode.BudgetReached);
        house.VPlan.Requests.Count.Should().BeLessThanOrEqualTo(20);
        house.Clock.Advance(TimeSpan.FromDays(1));
        story.Say("The next day.");
        await story.RunAsync("run");

        (await house.AllRunsAsync()).Should().ContainSingle();
        Twice(house)
            .Should()
            .BeLessThanOrEqualTo(
                house.Settings.VPlan.Concurrency,
                "only what was in flight or being landed is asked for again"
            );
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task After_an_hour_of_maintenance_the_run_goes_on_behind_the_pages_it_has()
    {
        FaultKind[] notices = [FaultKind.Status503, FaultKind.Status303, FaultKind.Html200];
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "maintenance");
        story.Vary(
            "did not answer /.*? after 8 attempts; the last fault: .*?\\. Try",
            "did not answer /… after 8 attempts; the last fault: …. Try"
        );
        var up = house.Clock.GetUtcNow().AddHours(2);
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.Ordinal > Middle && house.Clock.GetUtcNow() < up ? notices[request.Ordinal % 3] : null
        );

        story.Say("While the run reads, vPlan goes down; it answers 503, leads to its notice, or shows it.");
        await story.RunAsync("run", ExitCode.SourceUnavailable);
        story.Say("An hour later.");
        await story.RunAsync("run", ExitCode.SourceUnavailable);
        story.Say("Another hour later it is back.");
        await story.RunAsync("run");

        (await house.AllRunsAsync()).Should().ContainSingle();
        Twice(house)
            .Should()
            .BeLessThan(
                house.Settings.VPlan.Concurrency,
                "only what was under way is asked for again, not what has been landed"
            );
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_a_run_reads_is_a_matter_of_configuration_and_with_a_new_one_the_run_goes_on()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "revoked-key");
        story.Vary("401 to /.*?: (.*) \\(reference .*?\\)", "401 to /…: $1 (reference …)");
        house.VPlan.Faults = FaultSchedule.When(request => request.Ordinal > Middle ? FaultKind.Status401 : null);

        story.Say("While the run reads, its key is revoked.");
        await story.RunAsync("run", ExitCode.Configuration);
        house.VPlan.Faults = FaultSchedule.None;
        story.Say("There is a new key.");
        await story.RunAsync("run");

        (await house.AllRunsAsync()).Should().ContainSingle();
        Twice(house).Should().BeLessThan(4, "only what was under way is asked for again, not what has been landed");
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task A_schema_that_drifts_between_two_pages_costs_the_rows_that_do_not_fit_until_they_do()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "schema-drift");
        var late = house.World.Records("card")[^1].Id;
        var position = house.World.Find("card", late)!.ToJson()["position"]?.DeepClone();
        house.VPlan.Edits = EditSchedule.Before(
            (world, request) =>
            {
                if (request is { Path: "/card", PathOrdinal: 2 })
                    world.Edit("card", late, new JsonObject { ["position"] = new JsonArray(1), ["mood"] = "good" });
            }
        );

        story.Say("From the second page of cards on, a position is a list, and a card has a mood.");
        await story.RunAsync("run");
        await story.RunAsync("rejects list");
        await house.SinksAgreeAsync();
        house.VPlan.Edits = EditSchedule.None;
        house.World.Edit("card", late, new JsonObject { ["position"] = position });
        story.Say("The position is a number again.");
        await story.RunAsync("run");
        await story.RunAsync("rejects list");

        await story.EndsWellAsync();
    }

    [Fact]
    public async Task Pages_that_are_too_large_for_vplan_are_asked_for_in_smaller_ones_down_to_a_row()
    {
        var heavy = new HashSet<string>();
        await using var house = await TestExport.OpenAsync(o => o with { HeavyRelations = heavy });
        var story = new Transcript(house, "too-large-for-vplan");
        var card = house.World.Records("card").First(c => c.Linked("activities").Count > 0);
        heavy.Add($"{card.Id}.activities");
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.Path == "/card" && !request.Query.Contains("limit=1&", StringComparison.Ordinal)
                ? FaultKind.Error10005
                : null
        );

        story.Say(
            "vPlan answers 10005 to more than one card a page, and to one card as soon as its activities are asked for."
        );
        await story.RunAsync("run");
        heavy.Clear();
        house.VPlan.Faults = FaultSchedule.None;
        story.Say("vPlan can do it again.");
        await story.RunAsync("run --full");

        await story.EndsWellAsync();
    }

    [Fact]
    public async Task An_answer_that_is_too_deep_is_refused_and_without_it_the_run_goes_on()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "depth-bomb");
        var card = house.World.Records("card")[5].Id;

        house.World.Edit(
            "card",
            card,
            new JsonObject
            {
                ["extra"] = Enumerable
                    .Range(0, 80)
                    .Aggregate((JsonNode)new JsonArray(), (inner, _) => new JsonArray(inner)),
            }
        );
        story.Say("A card holds lists in lists, 80 deep.");
        await story.RunAsync("run", ExitCode.Contract);
        house.World.Edit("card", card, new JsonObject { ["extra"] = null });
        story.Say("It no longer does.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_refused_and_without_it_the_run_goes_on()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "huge-answer");
        // A process of its own has the machine's clock, from which the house's vPlan is far away; dim_date has a row for each day between.
        story.Vary(@"(?m)^[^\n]*they differ by[^\n]*VPlan:OverlapMinutes[^\n]*\n", "");
        story.Vary(@"(publish|load): [\d,]+ rows", "$1: N rows");
        house.VPlan.Faults = FaultSchedule.When(request =>
            request is { Path: "/card", PathOrdinal: 2 } ? new Fault(FaultKind.Huge) { Megabytes = 500 } : null
        );

        story.Say("The second page of cards is 500 MB long, and the memory is smaller than what it takes to hold it.");
        using (
            var process = ExportProcess.Start(
                house,
                new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = $"{1 << 30:X}" },
                "run"
            )
        )
            story.Show("run", ExitCode.SourceUnavailable, await ExportProcess.EndAsync(process));
        house.VPlan.Faults = FaultSchedule.None;
        story.Say("It no longer is.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    /// <summary>The questions about entities that vPlan has answered.</summary>
    private static IEnumerable<string> Answered(TestExport house) =>
        house
            .VPlan.Requests.Where(r => r is { Status: 200, Fault: null, PathAndQuery: not "/me" })
            .Select(r => r.PathAndQuery);

    /// <summary>How many questions vPlan has answered more than once.</summary>
    private static int Twice(TestExport house) =>
        Answered(house).GroupBy(asked => asked).Count(same => same.Count() > 1);
}
