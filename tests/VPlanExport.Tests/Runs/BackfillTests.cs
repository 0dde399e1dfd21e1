using System.Text.Json.Nodes;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class BackfillTests
{
    [Fact]
    public async Task A_backfill_replaces_its_range_and_nothing_else_and_moves_no_watermark()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var before = await house.ManifestAsync();
        var inside = house.World.Records("time_tracking").Where(e => Between(e, "2026-09-02", "2026-09-20")).ToList();
        var outside = house.World.Records("time_tracking").First(e => Between(e, "2020-01-01", "2026-09-01"));
        house.World.Delete("time_tracking", inside[0].Id);
        Silently(house, inside[1].Id, new JsonObject { ["duration"] = 9999 });
        Silently(house, inside[2].Id, new JsonObject { ["start"] = "2026-10-05T08:00:00Z" });
        Silently(house, outside.Id, new JsonObject { ["duration"] = 8888 });

        await house.BackfillAsync("2026-09-01", "2026-09-30");

        await house.SinksAgreeAsync();
        house.Warehouse("SELECT time_entry_id FROM dw.fact_time_entry WHERE is_deleted").Should().Equal(inside[0].Id);
        house
            .Warehouse($"SELECT minutes FROM dw.fact_time_entry WHERE time_entry_id = '{inside[1].Id}'")
            .Should()
            .Equal("9999");
        house
            .Warehouse($"SELECT work_date::VARCHAR FROM dw.fact_time_entry WHERE time_entry_id = '{inside[2].Id}'")
            .Should()
            .Equal("2026-10-05");
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE minutes = 8888").Should().Equal("0");
        var after = await house.ManifestAsync();
        after.Entities.Should().BeEquivalentTo(before.Entities);

        var again = await house.BackfillAsync("2026-09-01", "2026-09-30");

        again
            .Tables.Where(t => t.Table != "dim_date")
            .Should()
            .OnlyContain(t => t.Written == 0 && t.Changed == 0 && t.Deleted == 0);
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_card_that_only_left_the_range_is_updated_and_not_deleted()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var card = house.World.Records("card").First(c => c.Text("start_date") is not null);
        var day = card.Text("start_date")!;
        Silently(house, card.Id, new JsonObject { ["start_date"] = "2027-02-01", ["end_date"] = "2027-02-02" }, "card");

        await house.BackfillAsync(day, day, "card");

        await house.SinksAgreeAsync();
        house
            .Warehouse($"SELECT concat_ws(' ', start_date, is_deleted) FROM dw.fact_card WHERE card_id = '{card.Id}'")
            .Should()
            .Equal("2027-02-01 false");
    }

    [Fact]
    public async Task A_backfill_may_be_the_first_run_and_the_next_nightly_still_reads_everything()
    {
        await using var house = await TestExport.OpenAsync();
        await house.BackfillAsync("2026-09-01", "2026-09-30", "time_tracking");
        await house.SinksAgreeAsync();

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    private static bool Between(VPlanExport.Sandbox.SandboxRecord entry, string from, string before) =>
        string.CompareOrdinal(entry.Text("start"), from) >= 0 && string.CompareOrdinal(entry.Text("start"), before) < 0;

    /// <summary>As an integration may: without moving <c>updated_at</c>.</summary>
    private static void Silently(TestExport house, string id, JsonObject change, string entity = "time_tracking")
    {
        change["updated_at"] = house.World.Find(entity, id)!.Text("updated_at");
        house.World.Edit(entity, id, change);
    }
}
