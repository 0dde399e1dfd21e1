using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>More records than fit on a page, of which some are deleted in vPlan: incremental reads cannot see it.</summary>
[Trait("Tier", "scenario")]
public class SweepTests
{
    private const string LongAgo = "2025-01-06";
    private static readonly RunRequest Sweep = new(RunKind.Sweep, []);

    [Fact]
    public async Task A_deleted_card_is_deleted_in_both_sinks_by_a_sweep_with_all_that_belongs_to_it()
    {
        await using var house = await ReadAsync();
        var card = DeleteOldCard(house);
        await house.NightlyAsync();
        house.Warehouse($"SELECT is_deleted FROM dw.dim_card WHERE card_id = '{card}'").Should().Equal("False");

        var summary = await house.SweepAsync();

        foreach (
            var table in (string[])
                [
                    "dim_card",
                    "fact_card",
                    "fact_card_activity",
                    "bridge_card_resource",
                    "fact_time_entry",
                    "fact_card_relation",
                    "fact_custom_field_value",
                ]
        )
            house
                .Warehouse(
                    $"SELECT DISTINCT t.is_deleted FROM dw.{table} t JOIN dw.dim_card c USING (card_key) WHERE c.card_id = '{card}'"
                )
                .Should()
                .NotContain("False", table);
        house
            .Warehouse(
                $"SELECT count(*) > 0 FROM dw.fact_card_activity t JOIN dw.dim_card c USING (card_key) WHERE c.card_id = '{card}'"
            )
            .Should()
            .Equal("True");
        house
            .Warehouse(
                $"SELECT count(*) > 0 FROM dw.fact_time_entry t JOIN dw.dim_card c USING (card_key) WHERE c.card_id = '{card}' AND t.is_deleted"
            )
            .Should()
            .Equal("True");
        await house.BothSinksEqualVPlanAsync();
        summary.Request.Should().Be("nightly run with a sweep");
        summary.Entities.Single(e => e.Entity == "card").Certificate.Should().EndWith("; 119 of 119 ids swept");
    }

    [Fact]
    public async Task A_nightly_reads_whole_what_was_last_swept_or_read_whole_a_week_ago_since_its_ids_would_cost_as_much()
    {
        await using var house = await ReadAsync();
        house.Clock.Advance(TimeSpan.FromDays(6) - TimeSpan.FromHours(2));
        DeleteOldCard(house);
        TimeEntries(await house.NightlyAsync()).Should().StartWith("changed since");
        house.Clock.Advance(TimeSpan.FromDays(1));

        TimeEntries(await house.NightlyAsync()).Should().StartWith("everything: ");

        await house.BothSinksEqualVPlanAsync();
        house.Clock.Advance(TimeSpan.FromDays(1));
        TimeEntries(await house.NightlyAsync()).Should().StartWith("changed since");

        static string TimeEntries(RunSummary summary) =>
            summary.Entities.Single(e => e.Entity == "time_tracking").Window;
    }

    [Fact]
    public async Task A_sweep_costs_the_pages_of_the_ids_one_look_at_the_newest_end_and_one_question_about_those_that_did_not_come()
    {
        await using var house = await ReadAsync();
        DeleteOldCard(house);
        var before = house.VPlan.Requests.Count;

        await house.SweepAsync("card");

        house
            .VPlan.Requests.Skip(before)
            .Select(r => Uri.UnescapeDataString(r.PathAndQuery))
            .Where(url => url.Contains("show=", StringComparison.Ordinal))
            .Should()
            .SatisfyRespectively(
                url => url.Should().Be("/card?limit=50&offset=0&sort=updated_at:asc,id:asc&show=id,updated_at"),
                url =>
                    url.Should()
                        .Match(
                            "/card?limit=50&offset=0&filter=updated_at:gte:*&sort=updated_at:asc,id:asc&show=id,updated_at"
                        ),
                url =>
                    url.Should()
                        .Match(
                            "/card?limit=50&offset=0&filter=updated_at:gte:*&sort=updated_at:asc,id:asc&show=id,updated_at"
                        ),
                url => url.Should().Be("/card?limit=50&offset=0&sort=updated_at:desc,id:desc&show=id,updated_at"),
                url => url.Should().Match("/card?limit=5&offset=0&filter=id:eq:*&show=id,updated_at")
            );
    }

    [Fact]
    public async Task A_row_that_comes_back_is_reinstated()
    {
        await using var house = await ReadAsync();
        var entry = house.World.Records("time_tracking")[0];
        house.World.Delete("time_tracking", entry.Id);
        await house.SweepAsync();
        house.Warehouse("SELECT time_entry_id FROM dw.fact_time_entry WHERE is_deleted").Should().Equal(entry.Id);

        house.World.Add(
            "time_tracking",
            new JsonObject
            {
                ["id"] = entry.Id,
                ["start"] = "2026-10-01T08:00:00Z",
                ["duration"] = 45,
            }
        );
        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Rows_that_are_made_and_deleted_while_it_reads_are_never_taken_for_the_others()
    {
        await using var house = await ReadAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 20 } };
        house.VPlan.Edits = EditSchedule.Random(5, 3);

        await house.SweepAsync();
        house.VPlan.Edits = EditSchedule.None;

        foreach (
            var (entity, table) in new[]
            {
                ("card", "dim_card"),
                ("time_tracking", "fact_time_entry"),
                ("collection", "dim_collection"),
            }
        )
        {
            var id = Catalog.Table(table).Id!.Name;
            house
                .Warehouse($"SELECT {id} FROM dw.{table} WHERE is_deleted")
                .Should()
                .NotIntersectWith(house.World.Records(entity).Select(r => r.Id));
        }
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData(FaultKind.Status403)]
    [InlineData(FaultKind.Status404)]
    [InlineData(FaultKind.Error10005)]
    public async Task A_sweep_that_vplan_cuts_short_deletes_nothing_says_so_and_is_tried_again(FaultKind kind)
    {
        await using var house = await ReadAsync();
        DeleteOldCard(house);
        house.Clock.Advance(TimeSpan.FromDays(8));
        house.VPlan.Faults = FaultSchedule.When(request =>
            IsSweep(request) && request.Path == "/card" && request.Query.Contains("filter", StringComparison.Ordinal)
                ? new Fault(kind)
                : null
        );

        var summary = await house.SweepAsync();

        summary
            .Warnings.Should()
            .ContainSingle(w =>
                w.StartsWith("card: ", StringComparison.Ordinal)
                && w.EndsWith(
                    "The sweep of ids proves nothing, so no row is taken for deleted; it is tried again next time.",
                    StringComparison.Ordinal
                )
            );
        house.Warehouse("SELECT card_id FROM dw.dim_card WHERE is_deleted").Should().BeEmpty();
        summary.Entities.Single(e => e.Entity == "time_tracking").Certificate.Should().EndWith("ids swept");
        house.VPlan.Faults = FaultSchedule.None;
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task An_empty_answer_deletes_nothing()
    {
        await using var house = await ReadAsync();
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 500 } };
        foreach (var entry in house.World.Records("time_tracking"))
            house.World.Delete("time_tracking", entry.Id);

        var summary = await house.SweepAsync();

        summary
            .Warnings.Should()
            .ContainSingle(w =>
                w.StartsWith(
                    "time_tracking: /time_tracking: vPlan lists no row at all, and 500 were there. The sweep of ids proves nothing",
                    StringComparison.Ordinal
                )
            );
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
    }

    [Fact]
    public async Task A_sweep_that_fails_midway_deletes_nothing_and_goes_on_in_the_next_run()
    {
        await using var house = await ReadAsync();
        DeleteOldCard(house);
        house.VPlan.Faults = FaultSchedule.When(request =>
            IsSweep(request)
            && request.Path == "/time_tracking"
            && request.Query.Contains("filter", StringComparison.Ordinal)
                ? FaultKind.Status503
                : null
        );

        await FluentActions.Awaiting(() => house.SweepAsync()).Should().ThrowAsync<SourceUnavailableException>();

        house.Warehouse("SELECT card_id FROM dw.dim_card WHERE is_deleted").Should().BeEmpty();
        house.VPlan.Faults = FaultSchedule.None;
        var before = house.VPlan.Requests.Count;
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
        house
            .VPlan.Requests.Skip(before)
            .Should()
            .NotContain(
                r =>
                    r.PathAndQuery.StartsWith(
                        "/time_tracking?limit=50&offset=0&sort=updated_at%3Aasc",
                        StringComparison.Ordinal
                    ),
                "its first page has been landed"
            );
    }

    [Fact]
    public async Task A_run_that_died_in_a_sweep_goes_on_there()
    {
        await using var house = await ReadAsync();
        DeleteOldCard(house);
        (
            await house.DiesAtAsync(
                happened => happened is RunEvent.PagesRead { Progress: { Entity: "time_tracking.ids", Pages: 3 } },
                Sweep
            )
        )
            .Should()
            .BeTrue();

        await house.RunAsync(Sweep);

        await house.BothSinksEqualVPlanAsync();
        house
            .VPlan.Requests.Where(r =>
                r.PathAndQuery.StartsWith("/time_tracking?", StringComparison.Ordinal) && IsSweep(r.PathAndQuery)
            )
            .Select(r => r.PathAndQuery)
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_sweep_that_does_not_fit_in_the_budget_is_told_and_done_the_next_night()
    {
        await using var house = await ReadAsync();
        DeleteOldCard(house);
        house.Clock.Advance(TimeSpan.FromDays(8));
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = 20 } };

        var told = (await house.NightlyAsync("card", "time_tracking")).Warnings;

        told.Should()
            .ContainMatch(
                "time_tracking: its sweep of ids takes about 12 requests and * are left for sweeps today (VPlan:RequestsPerDay); the next run does it."
            );
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = 8_000 } };
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await house.NightlyAsync())
            .Entities.Single(e => e.Entity == "time_tracking")
            .Window.Should()
            .StartWith("everything: ");
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData(ArchivedMode.InAddition)]
    [InlineData(ArchivedMode.Only)]
    public async Task Archived_is_not_deleted(ArchivedMode mode)
    {
        await using var house = await TestExport.OpenAsync(o => o with { ArchivedMode = mode });
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 3 } };
        await house.NightlyAsync("user", "resource");
        var live = house.World.Records("user").Where(r => r.Text("archived_at") is null).ToList();
        house.World.Edit(
            "user",
            live[0].Id,
            new JsonObject { ["archived_at"] = "2026-03-01T10:00:00Z", ["updated_at"] = live[0].Text("updated_at") }
        );
        house.World.Delete("user", live[1].Id);

        await house.SweepAsync("user", "resource");

        house.Warehouse("SELECT user_id FROM dw.dim_user WHERE is_deleted").Should().Equal(live[1].Id);
    }

    [Fact]
    public async Task A_sweep_that_misses_too_many_rows_is_refused_with_their_ids_before_one_is_asked_about()
    {
        await using var house = await ReadAsync();
        foreach (var entry in house.World.Records("time_tracking").Take(60))
            house.World.Delete("time_tracking", entry.Id);

        await FluentActions
            .Awaiting(() => house.SweepAsync())
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(
                "Entity time_tracking: of the 500 rows*no longer gives 60*50 are allowed (Runs:MaxDeletePercent 10, Runs:MinDeletes 25)*--allow-deletes 60. Their ids: * and 40 more"
            );

        house
            .VPlan.Requests.Should()
            .NotContain(r =>
                r.PathAndQuery.StartsWith("/time_tracking?", StringComparison.Ordinal)
                && r.PathAndQuery.Contains("filter=id", StringComparison.Ordinal)
            );
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 60 } };
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    private static bool IsSweep(RequestInfo request) => IsSweep(request.Query);

    private static bool IsSweep(string query) => query.Contains("show=", StringComparison.Ordinal);

    /// <summary>A house whose first run has read everything, with a card that was finished long ago and no lookback reads.</summary>
    private static async Task<TestExport> ReadAsync()
    {
        var house = await TestExport.OpenAsync();
        await ReadAsync(house);
        return house;
    }

    /// <summary>The same of a house that is there.</summary>
    internal static async Task ReadAsync(TestExport house)
    {
        var worked = house.World.Records("time_tracking").Select(e => e.Text("card_id")).ToHashSet();
        var card = house
            .World.Records("card")
            .First(c => worked.Contains(c.Id) && c.Linked("activities").Count > 0 && c.Linked("resources").Count > 0);
        house.World.Edit(
            "card",
            card.Id,
            new JsonObject
            {
                ["start_date"] = LongAgo,
                ["end_date"] = LongAgo,
                ["completed_at"] = $"{LongAgo}T15:00:00Z",
            }
        );
        await house.NightlyAsync();
    }

    /// <summary>Deletes that card, its time entries and its relations.</summary>
    internal static string DeleteOldCard(TestExport house)
    {
        var card = house.World.Records("card").Single(c => c.Text("start_date") == LongAgo).Id;
        foreach (var entry in house.World.Records("time_tracking").Where(e => e.Text("card_id") == card))
            house.World.Delete("time_tracking", entry.Id);
        foreach (
            var relation in house
                .World.Records("card_relation")
                .Where(r => r.Text("card_id") == card || r.Text("related_card_id") == card)
        )
            house.World.Delete("card_relation", relation.Id);
        house.World.Delete("card", card);
        return card;
    }
}
