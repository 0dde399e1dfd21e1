using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>A vPlan in which a change of a record's lists does not move its <c>updated_at</c> (gaps P15), with more records than fit on a page.</summary>
[Trait("Tier", "scenario")]
public class LookbackTests
{
    private const string Recent = "2026-09-02";

    [Fact]
    public async Task Lists_of_recent_planned_and_open_records_that_change_unseen_are_in_both_sinks_after_the_next_nightly()
    {
        await using var house = await OpenAsync();
        var planned = Cards(house).First(c => string.CompareOrdinal(c.Text("end_date"), Recent) >= 0);
        var open = MakeOpen(house, start: null, end: null);
        var late = MakeOpen(house, start: "2026-03-02", end: "2026-03-03");
        await house.NightlyAsync();
        foreach (var card in new[] { planned.Id, open, late })
            ChangeLists(house, "card", card);
        ChangeLists(house, "collection", house.World.Records("collection").First(c => c.Text("progress") == "open").Id);
        var order = house
            .World.Records("order")
            .First(o => string.CompareOrdinal(o.Text("promised_date"), Recent) >= 0)
            .Id;
        house.World.Edit(
            "order_row",
            house.World.Records("order_row").First(r => r.Text("order_id") == order).Id,
            new JsonObject { ["description"] = "Zagen" }
        );

        var summary = await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
        await house.SinksAgreeAsync();
        summary.Entities.Single(e => e.Entity == "card").Window.Should().EndWith($", open or from {Recent}");
    }

    [Fact]
    public async Task A_finished_record_of_long_ago_waits_for_the_next_full_run()
    {
        await using var house = await OpenAsync();
        await house.NightlyAsync();
        var old = Cards(house)
            .First(c =>
                c.Text("completed_at") is not null
                && string.CompareOrdinal(c.Text("end_date"), Recent) < 0
                && c.Linked("labels").Count == 0
            );
        house.World.Link("card", old.Id, "labels", house.World.Records("label")[0].Id);
        var links =
            $"SELECT count(*) FROM dw.bridge_card_label JOIN dw.dim_card USING (card_key) WHERE card_id = '{old.Id}'";
        await house.NightlyAsync();
        house.Warehouse(links).Should().Equal("0");
        await house.FullAsync();
        house.Warehouse(links).Should().Equal("1");
    }

    [Fact]
    public async Task A_night_without_changes_costs_the_pages_of_the_lookback_and_one_question_for_the_open_cards_without_recent_dates()
    {
        await using var house = await OpenAsync();
        MakeOpen(house, start: null, end: null);
        await house.NightlyAsync();
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.NightlyAsync();
        var before = house.VPlan.Requests.Count;
        await house.NightlyAsync();
        var recent = Cards(house).Count(c => string.CompareOrdinal(c.Text("end_date"), "2026-09-03") >= 0);

        var asked = house
            .VPlan.Requests.Skip(before)
            .Select(r => Uri.UnescapeDataString(r.PathAndQuery))
            .Where(url =>
                url.StartsWith("/v1/card?", StringComparison.Ordinal)
                || url.StartsWith("/card?", StringComparison.Ordinal)
            )
            .ToList();

        asked[0].Should().Contain("filter=updated_at:gte:");
        asked[1]
            .Should()
            .Contain("filter=(start_date:gte:'2026-09-03',or,end_date:gte:'2026-09-03')&sort=updated_at:asc,id:asc");
        asked[^1].Should().Contain("filter=id:eq:");
        var pages = 1 + (int)Math.Ceiling((recent - 10) / 9.0);
        asked.Count.Should().BeInRange(pages, pages + 4);
    }

    [Fact]
    public async Task A_recent_card_that_vplan_denies_is_deleted_by_the_nightly_with_its_links()
    {
        await using var house = await OpenAsync();
        await house.NightlyAsync();
        var recent = Cards(house)
            .First(c => string.CompareOrdinal(c.Text("end_date"), Recent) >= 0 && c.Linked("resources").Count > 0)
            .Id;
        house.World.Delete("card", recent);

        await house.NightlyAsync();

        house.Warehouse($"SELECT card_id FROM dw.dim_card WHERE is_deleted").Should().Equal(recent);
        house
            .Warehouse(
                $"SELECT count(*) FROM dw.bridge_card_resource JOIN dw.dim_card USING (card_key) WHERE card_id = '{recent}' AND NOT bridge_card_resource.is_deleted"
            )
            .Should()
            .Equal("0");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_run_that_died_after_the_cards_does_not_ask_for_them_again()
    {
        await using var house = await OpenAsync();
        await house.NightlyAsync();
        ChangeLists(house, "card", Cards(house).First(c => string.CompareOrdinal(c.Text("end_date"), Recent) >= 0).Id);
        (
            await house.DiesAtAsync(
                happened => happened is RunEvent.Read { Entity: "card" },
                new RunRequest(RunKind.Nightly, [])
            )
        )
            .Should()
            .BeTrue();
        var before = house.VPlan.Requests.Count;

        await house.NightlyAsync();

        house.VPlan.Requests.Skip(before).Should().NotContain(r => r.PathAndQuery.Contains("/card?"));
        await house.BothSinksEqualVPlanAsync();
    }

    private static async Task<TestExport> OpenAsync()
    {
        var house = await TestExport.OpenAsync(o => o with { ChildChangesMoveParent = false });
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 10 } };
        return house;
    }

    private static IReadOnlyList<SandboxRecord> Cards(TestExport house) => house.World.Records("card");

    private static string MakeOpen(TestExport house, string? start, string? end)
    {
        var card = Cards(house).First(c => c.Text("completed_at") is not null && c.Linked("activities").Count > 0).Id;
        house.World.Edit(
            "card",
            card,
            new JsonObject
            {
                ["start_date"] = start,
                ["end_date"] = end,
                ["completed_at"] = null,
            }
        );
        return card;
    }

    private static void ChangeLists(TestExport house, string entity, string id)
    {
        var record = house.World.Find(entity, id)!;
        house.World.LinkActivity(entity, id, record.Linked("activities")[0], 1234);
        house.World.Link(
            entity,
            id,
            "labels",
            house.World.Records("label").First(l => !record.Linked("labels").Contains(l.Id)).Id
        );
        house.World.Edit(
            entity,
            id,
            new JsonObject
            {
                ["updated_at"] = record.Text("updated_at"),
                ["custom_fields"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "Kleur",
                        ["type"] = "text",
                        ["value"] = "rood",
                    }
                ),
            }
        );
    }
}
