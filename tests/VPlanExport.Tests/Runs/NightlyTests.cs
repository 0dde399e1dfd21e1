using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

public class NightlyTests
{
    [Fact]
    public async Task The_first_run_reads_everything()
    {
        await using var export = await Installation.StartAsync();

        var summary = await export.NightlyAsync();

        await export.ShouldEqualVPlanAsync();
        summary.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task The_next_run_reads_what_was_edited_added_and_linked()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var (card, other) = (export.VPlan.Records("card")[3], export.VPlan.Records("card")[^1]);
        var activity = export.VPlan.Records("activity")[0].Id;
        export.VPlan.Edit("card", card.Id, new JsonObject { ["name"] = "Ånder \"navn\", med\nlinje =1+1 日本語", ["description"] = "; DROP TABLE \t\\ 'x'" });
        export.VPlan.LinkActivity("card", card.Id, activity, 1234);
        export.VPlan.Unlink("card", other.Id, "activities", other.Linked("activities")[0]);
        export.VPlan.Link("card", other.Id, "resources", export.VPlan.Records("resource")[0].Id);
        var added = export.VPlan.Add("time_tracking", new JsonObject { ["card_id"] = card.Id, ["activity_id"] = activity, ["start"] = "2026-03-02T08:00:00Z", ["duration"] = 17 });

        var summary = await export.NightlyAsync();

        await export.ShouldEqualVPlanAsync();
        (await export.LastManifestAsync()).Extracts["time_tracking"].Window.Should().BeOfType<Window.Since>();
        summary.Tables.Single(t => t.Table == Cards.Dim.Name).Changed.Should().Be(2);
        summary.Tables.Single(t => t.Table == TimeEntries.Fact.Name).Written.Should().Be(1);
        added.Should().NotBeNull();
    }

    [Fact]
    public async Task Custom_fields_of_cards_and_of_collections_come_and_go_apart_from_each_other()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var card = export.VPlan.Records("card").First(c => c["custom_fields"]!.AsArray().Count > 0);
        export.VPlan.Edit("card", card.Id, new JsonObject { ["custom_fields"] = new JsonArray() });
        await export.NightlyAsync();
        await export.ShouldEqualVPlanAsync();

        export.VPlan.Delete("card", export.VPlan.Records("card").First(c => c["custom_fields"]!.AsArray().Count > 0).Id);
        export.VPlan.Edit("collection", export.VPlan.Records("collection")[2].Id, new JsonObject { ["custom_fields"] = new JsonArray(new JsonObject { ["name"] = "Kleur", ["type"] = "text", ["value"] = "rood" }) });
        await export.FullAsync("card");
        await export.NightlyAsync();
        await export.ShouldEqualVPlanAsync();

        export.VPlan.Delete("collection", export.VPlan.Records("collection")[3].Id);
        await export.FullAsync();
        await export.ShouldEqualVPlanAsync();
    }

    [Fact]
    public async Task Order_rows_that_are_only_listed_per_order_are_read_there()
    {
        await using var export = await Installation.StartAsync(o => o with { RejectedRelations = new HashSet<string> { "order.order_rows", "order.orderRows" } });
        await export.NightlyAsync();
        await export.ShouldEqualVPlanAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var row = export.VPlan.Records("order_row")[1];
        export.VPlan.Edit("order_row", row.Id, new JsonObject { ["description"] = "Zagen" });
        var order = export.VPlan.Records("order").First(o => o.Id != row.Text("order_id")).Id;
        foreach (var gone in export.VPlan.Records("order_row").Where(r => r.Text("order_id") == order).Append(export.VPlan.Records("order_row")[2]).Select(r => r.Id).Distinct().ToList())
            export.VPlan.Delete("order_row", gone);
        export.VPlan.Delete("order", order);

        await export.FullAsync();

        (await export.ShouldAgreeAsync())[Orders.RowFact.Name].Live.Should().Contain(r => r["description"] == "Zagen");
        await export.ShouldEqualVPlanAsync();
    }

    [Fact]
    public async Task A_full_run_finds_deletions_and_a_row_that_comes_back_is_reinstated()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        var (entry, card) = (export.VPlan.Records("time_tracking")[7], export.VPlan.Records("card")[5]);
        var wasEntry = entry.ToJson();
        export.VPlan.Delete("time_tracking", entry.Id);
        export.VPlan.Delete("card", card.Id);

        await export.FullAsync();
        await export.ShouldEqualVPlanAsync();
        (await export.DeletedAsync(TimeEntries.Fact)).Should().Equal(entry.Id);
        (await export.DeletedAsync(Cards.Dim)).Should().Equal(card.Id);

        export.VPlan.Add("time_tracking", wasEntry);
        await export.FullAsync();
        await export.ShouldEqualVPlanAsync();
        (await export.DeletedAsync(TimeEntries.Fact)).Should().BeEmpty();
    }

    [Fact]
    public async Task Archived_resources_and_users_are_kept()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        var resource = export.VPlan.Records("resource").First(r => r.Text("archived_at") is null);
        var user = export.VPlan.Records("user").First(r => r.Text("archived_at") is null);
        export.VPlan.Edit("resource", resource.Id, new JsonObject { ["archived_at"] = "2026-03-01T10:00:00Z" });
        export.VPlan.Edit("user", user.Id, new JsonObject { ["archived_at"] = "2026-03-01T10:00:00Z" });

        await export.FullAsync();

        await export.ShouldEqualVPlanAsync();
        (await export.DeletedAsync(Resources.Dim)).Should().BeEmpty();
        (await export.DeletedAsync(Users.Dim)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Edits_while_pages_are_read_are_all_there_after_a_quiet_full_run(int seed)
    {
        await using var export = await Installation.StartAsync();
        export.Server.Edits = EditSchedule.Random(seed, perRequest: 3);
        for (var night = 0; night < 3; night++)
        {
            await export.NightlyAsync();
            await export.ShouldAgreeAsync();
            export.Clock.Advance(TimeSpan.FromDays(1));
        }
        export.Server.Edits = EditSchedule.None;

        await export.FullAsync();

        await export.ShouldEqualVPlanAsync();
    }

    [Fact]
    public async Task Cards_that_are_only_listed_per_collection_are_read_there()
    {
        await using var export = await Installation.StartAsync(o => o with { FlatCards = false });

        await export.NightlyAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var card = export.VPlan.Records("card").Last(c => c.Text("collection_id") is not null);
        export.VPlan.Edit("card", card.Id, new JsonObject { ["name"] = "Renamed" });
        await export.NightlyAsync();

        var lake = await export.ShouldAgreeAsync();
        lake[Cards.Dim.Name].Live.Select(r => r.Id).Should().BeEquivalentTo(export.VPlan.Records("card").Where(c => c.Text("collection_id") is not null).Select(c => c.Id));
        lake[Cards.Dim.Name].Live.Single(r => r.Id == card.Id)["name"].Should().Be("Renamed");
    }
}
