using System.Text.Json.Nodes;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxEditTests
{
    [Fact]
    public async Task Edits_while_reading_make_offset_paging_lose_records()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Server.Edits = EditSchedule.Before(
            (world, request) =>
            {
                if (request.Ordinal == 2)
                    world.Delete(
                        "card",
                        world.Records("card").OrderBy(card => card.Id, StringComparer.Ordinal).First().Id
                    );
            }
        );
        var first = await client.IdsAsync("/card?limit=60&sort=id");
        var second = await client.IdsAsync("/card?limit=60&offset=60&sort=id");
        first.Concat(second).Distinct().Should().HaveCount(119);
        client
            .Server.World.Records("card")
            .Select(card => card.Id)
            .Except(first)
            .Except(second)
            .Should()
            .ContainSingle();
    }

    [Fact]
    public async Task An_edit_moves_the_record_ahead_in_every_order_at_once()
    {
        await using var client = await SandboxClient.StartAsync();
        var first = (await client.IdsAsync("/card?limit=1&sort=updated_at,id")).Single();
        client.Clock.Advance(TimeSpan.FromSeconds(61));
        client.Server.World.Edit("card", first, new JsonObject { ["name"] = "moved" });
        var cards = await client.DataAsync("/card?limit=1000&sort=updated_at,id");
        cards[^1]!["id"]!.ToString().Should().Be(first);
        cards[^1]!["updated_at"]!.ToString().Should().Be("2025-09-15T12:01:01Z");
        (await client.IdsAsync("/card?filter=updated_at:gte:'2025-09-15T12:01:00Z'&sort=updated_at,id"))
            .Should()
            .Equal(first);
    }

    [Fact]
    public async Task Random_edits_keep_the_indexes_and_the_data_in_step()
    {
        await using var client = await SandboxClient.StartAsync(options =>
            options with
            {
                Edits = EditSchedule.Random(3, 10),
            }
        );
        for (var i = 0; i < 20; i++)
        {
            client.Clock.Advance(TimeSpan.FromSeconds(1));
            await client.GetAsync("/card?limit=10&sort=updated_at,id&filter=updated_at:gte:'2025-01-01T00:00:00Z'");
            await client.GetAsync("/time_tracking?limit=10&sort=created_at,id&with=card");
        }
        client.Server.Edits = EditSchedule.None;
        foreach (
            var (path, entity) in (IEnumerable<(string, string)>)
                [("/card", "card"), ("/time_tracking", "time_tracking"), ("/collection", "collection")]
        )
        foreach (var sort in (string[])["", "updated_at,id", "created_at,id", "id"])
            (await client.IdsAsync($"{path}?limit=1000&sort={sort}"))
                .Order(StringComparer.Ordinal)
                .Should()
                .Equal(Ids(client.Server.World, entity));
    }

    private static IEnumerable<string> Ids(SandboxWorld world, string entity) =>
        world.Records(entity).Select(record => record.Id).Order(StringComparer.Ordinal);
}
