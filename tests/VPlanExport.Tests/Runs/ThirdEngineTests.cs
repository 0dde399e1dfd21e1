using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>An engine that the product does not know is one class, and serves every command that changes a warehouse.</summary>
[Trait("Tier", "scenario")]
public sealed class ThirdEngineTests
{
    [Fact]
    public async Task Nights_a_rebuild_and_a_rollback_leave_in_it_what_the_lake_holds()
    {
        await using var house = await TestExport.OpenAsync();
        var engine = new MemoryWarehouse();
        house.Settings = house.Settings with { Warehouse = new MemoryWarehouseSettings(engine) };
        await house.NightlyAsync();
        await IsWhatTheLakeHoldsAsync(house, engine);

        Edit(house, "Renamed", deleted: 1);
        var second = await house.FullAsync();
        second.Tables.Single(t => t.Table == "dim_card").Should().BeEquivalentTo(new { Changed = 1L, Deleted = 1L });
        await IsWhatTheLakeHoldsAsync(house, engine);

        Edit(house, "Renamed again", deleted: 2);
        await house.FullAsync();
        var rebuilt = new MemoryWarehouse();
        house.Settings = house.Settings with { Warehouse = new MemoryWarehouseSettings(rebuilt) };
        await using (var session = await house.OpenRunnerAsync())
        {
            (await session.CatchUpAsync(null, null, CancellationToken.None)).Should().NotBeEmpty();
            await IsWhatTheLakeHoldsAsync(house, rebuilt);
            await session.RollbackAsync(second.RunId, CancellationToken.None);
        }
        await IsWhatTheLakeHoldsAsync(house, rebuilt);
        (await rebuilt.LastSequenceAsync(CancellationToken.None)).Should().Be((await house.ManifestAsync()).Sequence);
    }

    private static void Edit(TestExport house, string name, int deleted)
    {
        var cards = house.World.Records("card").ToList();
        house.World.Edit("card", cards[0].Id, new JsonObject { ["name"] = name });
        house.World.Delete("card", cards[deleted].Id);
    }

    private static async Task IsWhatTheLakeHoldsAsync(TestExport house, MemoryWarehouse engine)
    {
        var lake = new DeltaLake(house.Settings.Lake.Location.Open(house.Clock), house.Clock);
        var inEngine = await engine.ReadAsync(Catalog.Tables, ContentSum.Of, CancellationToken.None);
        foreach (var (table, content) in Catalog.Tables.Zip(inEngine))
            content
                .Should()
                .BeEquivalentTo(
                    await ContentSum.OfAsync(table, lake.ReadAsync(table, null, CancellationToken.None)),
                    $"of {table.Name}"
                );
        inEngine.Sum(c => c.Rows).Should().BePositive();
    }
}
