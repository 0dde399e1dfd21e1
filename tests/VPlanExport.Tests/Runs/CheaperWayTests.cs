using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Most cards are open and without a date, so they are only found by their ids.</summary>
[Trait("Tier", "scenario")]
public class CheaperWayTests
{
    private static readonly string[] Lists = ["order", "collection", "card", "time_tracking"];

    [Fact]
    public async Task No_nightly_in_which_nothing_changed_sends_more_requests_than_a_full_run()
    {
        await using var house = await OpenAsync();
        await house.NightlyAsync(Lists);
        house.Clock.Advance(TimeSpan.FromDays(1));

        var nightly = await house.NightlyAsync(Lists);
        house.Clock.Advance(TimeSpan.FromDays(8));
        var nightlyOfAWeek = await house.NightlyAsync(Lists);
        var full = await house.FullAsync(Lists);

        foreach (var list in Lists)
        {
            var most = full.Entities.Single(e => e.Entity == list).Requests;
            nightly.Entities.Single(e => e.Entity == list).Requests.Should().BeLessThanOrEqualTo(most, list);
            nightlyOfAWeek
                .Entities.Single(e => e.Entity == list)
                .Requests.Should()
                .BeLessThanOrEqualTo(most, $"{list}, whose ids are due");
        }
        var cards = nightly.Entities.Single(e => e.Entity == "card");
        cards.Window.Should().Be($"everything: {cards.Requests} requests, by parts 22");
        nightly
            .Entities.Single(e => e.Entity == "time_tracking")
            .Should()
            .Match<EntitySummary>(e =>
                e.Requests == 1 && e.Window.StartsWith("changed since", StringComparison.Ordinal)
            );
        house
            .Told.OfType<RunEvent.Info>()
            .Select(i => i.Message)
            .Should()
            .ContainMatch("cards: all 120 in * requests; by their parts it would take 22.");
    }

    [Fact]
    public async Task A_list_that_is_read_whole_because_it_costs_no_more_shows_what_is_gone()
    {
        await using var house = await OpenAsync();
        await house.NightlyAsync(Lists);
        var done = house.World.Records("card").First(c => c.Text("completed_at") is not null).Id;
        house.World.Delete("card", done);

        await house.NightlyAsync(Lists);

        house.Warehouse("SELECT card_id FROM dw.dim_card WHERE is_deleted").Should().Equal(done);
        await house.SinksAgreeAsync();
    }

    private static async Task<TestExport> OpenAsync()
    {
        var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 10 } };
        var cards = house.World.Records("card").ToList();
        foreach (var card in cards)
            house.World.Edit(
                "card",
                card.Id,
                new JsonObject
                {
                    ["start_date"] = null,
                    ["end_date"] = null,
                    ["completed_at"] = card == cards[0] ? "2025-01-06T15:00:00Z" : null,
                }
            );
        return house;
    }
}
