using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class RunTests
{
    private static readonly FaultKind[] Passing =
    [
        FaultKind.Status429,
        FaultKind.Status503,
        FaultKind.Status303,
        FaultKind.Status500,
        FaultKind.Reset,
        FaultKind.Truncated,
        FaultKind.HalfJson,
        FaultKind.Html200,
        FaultKind.Error10005,
    ];

    [Fact]
    public async Task What_a_card_too_large_for_vplan_is_read_without_stays_as_it_was()
    {
        var heavy = new HashSet<string>();
        await using var house = await TestExport.OpenAsync(o => o with { HeavyRelations = heavy });
        await house.NightlyAsync();
        var card = house
            .World.Records("card")
            .First(c => c.Linked("activities").Count > 0 && c.Linked("resources").Count > 0);
        string[] questions =
        [
            $"SELECT planned_minutes FROM dw.fact_card WHERE card_id = '{card.Id}'",
            $"SELECT count(*) FROM dw.fact_card_activity a JOIN dw.dim_card USING (card_key) WHERE card_id = '{card.Id}' AND NOT a.is_deleted",
        ];
        var before = questions.Select(q => house.Warehouse(q)[0]).ToList();
        heavy.Add($"{card.Id}.activities");
        house.World.Edit("card", card.Id, new JsonObject { ["name"] = "Renamed" });
        house.World.Unlink("card", card.Id, "resources", card.Linked("resources")[0]);

        var summary = await house.NightlyAsync();

        summary.Warnings.Should().ContainSingle().Which.Should().Contain(card.Id);
        questions.Select(q => house.Warehouse(q)[0]).Should().Equal(before);
        heavy.Clear();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task The_first_run_brings_everything_and_text_arrives_byte_for_byte()
    {
        await using var house = await TestExport.OpenAsync();
        const string Strange = "\"quoted\", comma; 'single'\r\nnew line\t=1+1 日本語 🦄 \\ |";
        var card = house.World.Records("card")[3].Id;
        house.World.Edit("card", card, new JsonObject { ["name"] = Strange });

        var summary = await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
        house.Warehouse($"SELECT name FROM dw.dim_card WHERE card_id = '{card}'").Should().Equal(Strange);
        summary.Entities.Where(e => e.Entity != "stage_capacity").Should().OnlyContain(e => e.Window == "everything");
        summary.Entities.Single(e => e.Entity == "card").Certificate.Should().StartWith("120 of 120 cards");
        summary.Tables.Single(t => t.Table == "dim_card").Read.Should().Be(120, "made-up members are not read");
        summary.Tables.Single(t => t.Table == "dim_date").Read.Should().Be(0);
    }

    [Fact]
    public async Task A_nightly_brings_what_changed_and_a_full_run_what_was_deleted()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var (card, gone) = (house.World.Records("card")[1], house.World.Records("time_tracking")[7].Id);
        house.World.Edit("card", card.Id, new JsonObject { ["name"] = "another name" });
        house.World.Link("card", card.Id, "resources", house.World.Records("resource")[2].Id);
        house.World.LinkActivity("card", card.Id, house.World.Records("activity")[1].Id, 77);
        if (card.Linked("labels") is [var label, ..])
            house.World.Unlink("card", card.Id, "labels", label);
        var added = house.World.Add(
            "time_tracking",
            new JsonObject
            {
                ["card_id"] = card.Id,
                ["start"] = "2026-10-07T01:30:00Z",
                ["duration"] = 33,
            }
        );
        house.World.Delete("time_tracking", gone);

        var nightly = await house.NightlyAsync();

        await house.SinksAgreeAsync();
        nightly
            .Entities.Single(e => e.Entity == "time_tracking")
            .Window.Should()
            .StartWith("changed since 2026-10-07T00:45:00Z");
        nightly
            .Tables.Single(t => t.Table == "fact_time_entry")
            .Should()
            .Match<VPlanExport.Runs.TableSummary>(t => t.Written == 1 && t.Deleted == 0);
        house
            .Warehouse($"SELECT is_deleted FROM dw.fact_time_entry WHERE time_entry_id IN ('{added}', '{gone}')")
            .Should()
            .Equal("False", "False");

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
        house.Warehouse("SELECT time_entry_id FROM dw.fact_time_entry WHERE is_deleted").Should().Equal(gone);
    }

    [Fact]
    public async Task A_row_that_comes_back_is_no_longer_deleted()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var entry = house.World.Records("time_tracking")[3];
        house.World.Delete("time_tracking", entry.Id);
        await house.FullAsync();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("1");
        var again = entry.ToJson();
        again.Remove("updated_at");
        house.World.Add("time_tracking", again);

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
    }

    [Fact]
    public async Task Edits_while_pages_are_read_are_there_after_the_next_nightly_and_full_run()
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Edits = EditSchedule.Random(seed: 5, perRequest: 2);
        await house.NightlyAsync();
        await house.NightlyAsync();
        house.VPlan.Edits = EditSchedule.None;

        await house.NightlyAsync();
        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Faults_on_every_tenth_request_or_so_pass_by_themselves()
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Faults = FaultSchedule.Every(7, Passing);
        await house.NightlyAsync();
        house.World.ChangeSome(40, new Random(3));
        await house.NightlyAsync();

        await house.FullAsync();

        house.VPlan.Requests.Select(r => r.Fault).Where(f => f is not null).Distinct().Should().HaveCountGreaterThan(6);
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData(FaultKind.Status403)]
    [InlineData(FaultKind.Status404)]
    public async Task An_entity_that_the_key_may_not_read_is_a_warning_and_deletes_nothing(FaultKind refusal)
    {
        await using var house = await TestExport.OpenAsync();
        await house.NightlyAsync("board", "stage", "activity", "resource", "user", "card", "time_tracking");
        house.VPlan.Faults = FaultSchedule.Every(1, refusal).On("/collection");

        var summary = await house.FullAsync();

        summary
            .Warnings.Should()
            .ContainSingle(w => w.StartsWith("collection is unavailable", StringComparison.Ordinal));
        var manifest = await house.ManifestAsync();
        manifest.Entities["collection"].Watermark.Should().BeNull();
        manifest.Entities["card"].Watermark.Should().NotBeNull();
        await house.SinksAgreeAsync();
        house.VPlan.Faults = FaultSchedule.None;
        await house.NightlyAsync();
        house.VPlan.Faults = FaultSchedule.Every(1, refusal).On("/collection");
        await house.FullAsync();
        (await house.ManifestAsync()).IsBase.Should().BeFalse("collections stand in an older run only");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Business_dates_are_those_of_the_environments_time_zone()
    {
        await using var house = await TestExport.OpenAsync();
        var starts = new[]
        {
            "2026-07-01T23:30:00Z",
            "2026-01-15T23:30:00Z",
            "2026-03-28T23:30:00Z",
            "2026-03-29T22:30:00Z",
            "2026-10-24T22:30:00Z",
            "2026-10-25T22:30:00Z",
            "2026-07-01T12:00:00Z",
        };
        foreach (var start in starts)
            house.World.Add(
                "time_tracking",
                new JsonObject
                {
                    ["start"] = start,
                    ["duration"] = 1,
                    ["external_ref"] = "zone",
                }
            );

        await house.NightlyAsync();

        house
            .Warehouse(
                "SELECT work_date::VARCHAR FROM dw.fact_time_entry WHERE external_ref = 'zone' ORDER BY started_at"
            )
            .Should()
            .Equal("2026-01-16", "2026-03-29", "2026-03-30", "2026-07-01", "2026-07-02", "2026-10-25", "2026-10-25");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Days_late_move_with_the_day_and_a_moved_card_takes_its_time_entries_along()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var late = house.Warehouse(
            "SELECT concat_ws(' ', card_id, days_late) FROM dw.fact_card WHERE NOT is_completed AND days_late IS NOT NULL ORDER BY 1"
        );
        var entry = house.World.Records("time_tracking").First(e => e.Text("card_id") is not null);
        var (card, boards) = (house.World.Find("card", entry.Text("card_id")!)!, house.World.Records("board"));
        var other = boards.First(b => b.Id != card.Text("board_id")).Id;
        house.World.Edit("card", card.Id, new JsonObject { ["board_id"] = other });
        house.Clock.Advance(TimeSpan.FromDays(2));

        await house.NightlyAsync();

        await house.SinksAgreeAsync();
        house
            .Warehouse(
                "SELECT concat_ws(' ', card_id, days_late - 2) FROM dw.fact_card WHERE NOT is_completed AND days_late IS NOT NULL ORDER BY 1"
            )
            .Should()
            .Equal(late);
        house
            .Warehouse(
                $"SELECT DISTINCT b.board_id FROM dw.fact_time_entry t JOIN dw.dim_board b USING (board_key) WHERE t.card_key = (SELECT card_key FROM dw.dim_card WHERE card_id = '{card.Id}')"
            )
            .Should()
            .Equal(other);
    }

    [Fact]
    public async Task A_row_that_leaves_the_archive_between_the_list_and_the_archive_is_not_deleted()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var archived = house.World.Records("resource").First(r => r["archived_at"] is not null).Id;
        house.VPlan.Edits = EditSchedule.Before(
            (world, request) =>
            {
                if (
                    request.Path.EndsWith("/resource", StringComparison.Ordinal)
                    && request.Query.Contains("archived=true", StringComparison.Ordinal)
                )
                    world.Edit("resource", archived, new JsonObject { ["archived_at"] = null });
            }
        );

        await house.NightlyAsync();

        house
            .Warehouse($"SELECT is_deleted FROM dw.dim_resource WHERE resource_id = '{archived}'")
            .Should()
            .Equal("False");
        await house.BothSinksEqualVPlanAsync();
    }
}
