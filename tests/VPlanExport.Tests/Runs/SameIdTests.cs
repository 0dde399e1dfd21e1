using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>A UUID is the same in upper and in lower case; other ids are opaque.</summary>
[Trait("Tier", "scenario")]
public sealed class SameIdTests
{
    private const string InferredTwins = "SELECT count(*) FROM dw.dim_collection WHERE is_inferred";

    [Fact]
    public async Task A_reference_in_another_case_finds_its_member()
    {
        await using var house = await TestExport.OpenAsync();
        var card = house.World.Records("card").First(c => c.Text("collection_id") is not null);
        var collection = card.Text("collection_id")!;
        house.World.Edit("card", card.Id, new JsonObject { ["collection_id"] = collection.ToUpperInvariant() });

        await house.NightlyAsync();

        house.Warehouse(InferredTwins).Should().Equal("0");
        house
            .Warehouse(
                $"SELECT c.collection_id FROM dw.dim_card k JOIN dw.dim_collection c USING (collection_key) WHERE k.card_id = '{card.Id}'"
            )
            .Should()
            .Equal(collection);
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_record_in_upper_case_stays_one_row_over_every_way_of_reading_and_is_deleted_as_any_other()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 10 } };
        var lower = house.World.Records("time_tracking")[5];
        var properties = lower.ToJson();
        house.World.Delete("time_tracking", lower.Id);
        properties["id"] = lower.Id.ToUpperInvariant();
        var id = house.World.Add("time_tracking", properties);
        string Rows() =>
            string.Join(
                '|',
                house.Warehouse(
                    $"SELECT concat(time_entry_id, ' ', is_deleted) FROM dw.fact_time_entry WHERE lower(time_entry_id) = '{lower.Id}'"
                )
            );

        await house.NightlyAsync("time_tracking");
        Rows().Should().Be($"{id} false");
        house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "2026-02-03T08:00:00Z" });
        await house.BackfillAsync(
            lower.Text("start")![..7] + "-01",
            lower.Text("start")![..7] + "-28",
            "time_tracking"
        );
        await house.SweepAsync("time_tracking");
        await house.FullAsync("time_tracking");
        Rows().Should().Be($"{id} false");

        house.World.Delete("time_tracking", id);
        await house.SweepAsync("time_tracking");
        Rows().Should().Be($"{id} true");
    }

    [Fact]
    public async Task Two_spellings_of_a_uuid_are_one_row_and_a_warning()
    {
        await using var house = await TestExport.OpenAsync();
        var item = house.World.Records("item")[0];
        var twin = item.ToJson();
        twin["id"] = item.Id.ToUpperInvariant();
        house.World.Add("item", twin);

        var summary = await house.NightlyAsync("item");

        house.Warehouse($"SELECT count(*) FROM dw.dim_item WHERE lower(item_id) = '{item.Id}'").Should().Equal("1");
        summary
            .Warnings.Should()
            .Contain(w =>
                w.StartsWith("item: two ids differ only by case and are one row", StringComparison.Ordinal)
                && w.Contains(item.Id, StringComparison.OrdinalIgnoreCase)
            );
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Other_ids_that_differ_only_by_case_are_rows_of_their_own_and_a_warning()
    {
        await using var house = await TestExport.OpenAsync();
        var item = house.World.Records("item")[0].ToJson();
        foreach (var id in new[] { "ART-1", "art-1", "ART-2" })
        {
            item["id"] = id;
            house.World.Add("item", item.DeepClone().AsObject());
        }

        var summary = await house.NightlyAsync("item");

        house.Warehouse("SELECT count(*) FROM dw.dim_item WHERE item_id ILIKE 'art-_'").Should().Equal("3");
        summary
            .Warnings.Should()
            .ContainSingle(w => w.StartsWith("Ids of dim_item differ only by case (", StringComparison.Ordinal))
            .Which.Should()
            .Contain("ART-1")
            .And.Contain("art-1");
    }

    [Fact]
    public async Task A_reference_that_differs_only_by_case_from_an_opaque_id_is_told()
    {
        await using var house = await TestExport.OpenAsync();
        var item = house.World.Records("item")[0].ToJson();
        item["id"] = "art-1";
        house.World.Add("item", item);
        house.World.Edit("order", house.World.Records("order")[0].Id, new JsonObject { ["item_id"] = "ART-1" });

        (await house.NightlyAsync("item", "order"))
            .Warnings.Should()
            .ContainSingle(w => w.StartsWith("Ids of dim_item differ only by case", StringComparison.Ordinal));
    }
}
