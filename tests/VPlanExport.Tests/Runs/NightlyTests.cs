using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>What entities have that others have not: archives, elements of several owners, lists per record.</summary>
[Trait("Tier", "scenario")]
public class NightlyTests
{
    [Fact]
    public async Task Custom_fields_of_cards_and_of_collections_come_and_go_apart_from_each_other()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var card = house.World.Records("card").First(c => c["custom_fields"]!.AsArray().Count > 0);
        house.World.Edit("card", card.Id, new JsonObject { ["custom_fields"] = new JsonArray() });
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();

        house.World.Delete("card", house.World.Records("card").First(c => c["custom_fields"]!.AsArray().Count > 0).Id);
        house.World.Edit(
            "collection",
            house.World.Records("collection")[2].Id,
            new JsonObject
            {
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
        await house.FullAsync("card");
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();

        house.World.Delete("collection", house.World.Records("collection")[3].Id);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Order_rows_that_are_only_listed_per_order_are_read_there()
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                RejectedRelations = new HashSet<string> { "order.order_rows", "order.orderRows" },
            }
        );
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
        house.World.Edit(
            "order_row",
            house.World.Records("order_row")[1].Id,
            new JsonObject { ["description"] = "Zagen" }
        );
        var order = house
            .World.Records("order")
            .First(o => o.Id != house.World.Records("order_row")[1].Text("order_id"))
            .Id;
        foreach (
            var gone in house
                .World.Records("order_row")
                .Where(r => r.Text("order_id") == order)
                .Append(house.World.Records("order_row")[2])
                .Select(r => r.Id)
                .Distinct()
                .ToList()
        )
            house.World.Delete("order_row", gone);
        house.World.Delete("order", order);

        await house.FullAsync();

        house
            .Warehouse("SELECT count(*) FROM dw.fact_order_row WHERE description = 'Zagen' AND NOT is_deleted")
            .Should()
            .NotEqual(["0"]);
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Archived_resources_and_users_are_kept()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        foreach (var entity in (string[])["resource", "user"])
            house.World.Edit(
                entity,
                house.World.Records(entity).First(r => r.Text("archived_at") is null).Id,
                new JsonObject { ["archived_at"] = "2026-03-01T10:00:00Z" }
            );

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
        house
            .Warehouse(
                "SELECT resource_id FROM dw.dim_resource WHERE is_deleted UNION ALL SELECT user_id FROM dw.dim_user WHERE is_deleted"
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public async Task Cards_that_are_only_listed_per_collection_are_read_there()
    {
        await using var house = await TestExport.OpenAsync(o => o with { FlatCards = false });

        await house.NightlyAsync();
        var card = house.World.Records("card").Last(c => c.Text("collection_id") is not null);
        house.World.Edit("card", card.Id, new JsonObject { ["name"] = "Renamed" });
        await house.NightlyAsync();

        await house.SinksAgreeAsync();
        house
            .Warehouse("SELECT card_id FROM dw.dim_card WHERE NOT is_deleted AND NOT is_inferred AND card_key <> -1")
            .Should()
            .BeEquivalentTo(
                house.World.Records("card").Where(c => c.Text("collection_id") is not null).Select(c => c.Id)
            );
        house.Warehouse($"SELECT name FROM dw.dim_card WHERE card_id = '{card.Id}'").Should().Equal("Renamed");
    }
}
