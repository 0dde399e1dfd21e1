using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxWorldTests
{
    private static readonly SandboxOptions Tiny = new() { Size = SandboxSize.Tiny, Today = new DateOnly(2025, 9, 15) };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = SandboxWorld.Create(Tiny);
        var second = SandboxWorld.Create(Tiny);
        foreach (var entity in first.Entities)
            Text(second, entity).Should().Be(Text(first, entity), entity);
        Text(SandboxWorld.Create(Tiny with { Seed = 2 }), "card").Should().NotBe(Text(first, "card"));
    }

    [Fact]
    public void The_sizes_are_as_promised()
    {
        var world = SandboxWorld.Create(Tiny);
        (world.Count("card"), world.Count("time_tracking")).Should().Be((120, 500));
        var small = SandboxWorld.Create(Tiny with { Size = SandboxSize.Small });
        (small.Count("card"), small.Count("time_tracking")).Should().Be((5_000, 20_000));
        small.Entities.Should().OnlyContain(entity => small.Count(entity) > 0);
    }

    [Fact]
    public void More_than_a_page_of_records_shares_one_second()
    {
        var small = SandboxWorld.Create(Tiny with { Size = SandboxSize.Small });
        Largest(small.Records("time_tracking").Select(entry => entry.CreatedAt)).Should().BeGreaterThanOrEqualTo(1_500);
        Largest(small.Records("time_tracking").Select(entry => entry.UpdatedAt)).Should().BeGreaterThanOrEqualTo(1_500);
        Largest(small.Records("card").Select(card => card.UpdatedAt)).Should().BeGreaterThanOrEqualTo(1_500);
    }

    [Fact]
    public void Time_entries_are_lifelike()
    {
        var entries = SandboxWorld.Create(Tiny with { Size = SandboxSize.Small }).Records("time_tracking");
        entries
            .Select(entry => entry.Text("status"))
            .Distinct()
            .Should()
            .BeEquivalentTo("draft", "pending", "approved", "rejected");
        entries
            .Where(entry => entry["running"]!.GetValue<bool>())
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(entry => entry["end"] == null);
        entries.Should().Contain(entry => entry["card_id"] == null);
        var finished = entries.Where(entry => entry["end"] != null).ToList();
        finished
            .Should()
            .OnlyContain(entry =>
                entry["duration"]!.GetValue<int>() >= 15 && entry["duration"]!.GetValue<int>() <= 480
            );
        finished
            .Should()
            .Contain(entry =>
                DateTimeOffset.Parse(entry.Text("end")!, CultureInfo.InvariantCulture).UtcDateTime.Hour >= 22
            );
        entries
            .Should()
            .OnlyContain(entry =>
                entry.UpdatedAt >= entry.CreatedAt
                && entry.UpdatedAt <= new DateTimeOffset(2025, 9, 15, 8, 30, 0, TimeSpan.Zero)
            );
    }

    [Fact]
    public void References_point_at_records()
    {
        var world = SandboxWorld.Create(Tiny);
        var keys = new[]
        {
            ("card", "collection_id", "collection"),
            ("card", "stage_id", "stage"),
            ("card", "status_id", "status"),
            ("card", "board_id", "board"),
            ("time_tracking", "card_id", "card"),
            ("time_tracking", "user_id", "user"),
            ("time_tracking", "activity_id", "activity"),
            ("order", "relation_id", "relation"),
            ("order", "collection_id", "collection"),
            ("order_row", "order_id", "order"),
            ("user", "resource_id", "resource"),
            ("schedule", "resource_id", "resource"),
        };
        foreach (var (entity, key, target) in keys)
            world
                .Records(entity)
                .Select(record => record.Text(key))
                .Where(id => id is not null)
                .Should()
                .OnlyContain(id => world.Find(target, id!) != null, $"{entity}.{key}");
    }

    [Fact]
    public void Cards_reach_from_the_past_into_the_future_around_today()
    {
        var days = SandboxWorld
            .Create(Tiny)
            .Records("card")
            .Select(card => DateOnly.Parse(card.Text("start_date")!, CultureInfo.InvariantCulture))
            .ToList();
        days.Min().Should().BeBefore(new DateOnly(2024, 6, 1));
        days.Max().Should().BeAfter(new DateOnly(2025, 10, 15));
    }

    [Fact]
    public void Any_json_can_be_put_into_a_record()
    {
        var world = SandboxWorld.Create(Tiny);
        var id = world.Add(
            "card",
            new JsonObject
            {
                ["name"] = "x",
                ["position"] = "12",
                ["start_date"] = "garbage",
                ["surprise"] = new JsonArray(1, 2),
            }
        );
        world.RemoveProperty("card", id, "rank");
        var card = world.Find("card", id)!.ToJson();
        card["position"]!.ToJsonString().Should().Be("\"12\"");
        card["start_date"]!.ToString().Should().Be("garbage");
        card["surprise"]!.ToJsonString().Should().Be("[1,2]");
        card.Should().NotContainKey("rank");
        world.Edit("card", id, new JsonObject { ["position"] = 3 });
        world.Find("card", id)!["position"]!.ToJsonString().Should().Be("3");
    }

    [Fact]
    public void A_record_that_was_read_does_not_change()
    {
        var world = SandboxWorld.Create(Tiny);
        var before = world.Records("card")[0];
        world.Edit("card", before.Id, new JsonObject { ["name"] = "changed" });
        before.Text("name").Should().NotBe("changed");
        world.Find("card", before.Id)!.Text("name").Should().Be("changed");
    }

    [Fact]
    public void Some_changes_touch_add_and_delete_and_can_be_repeated()
    {
        var worlds = Enumerable
            .Range(0, 2)
            .Select(_ =>
                SandboxWorld.Create(
                    Tiny with
                    {
                        Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SandboxClient.Now),
                    }
                )
            )
            .ToList();
        var before = worlds[0].Records("time_tracking").Select(entry => entry.Id).ToList();
        foreach (var world in worlds)
            world.ChangeSome(200, new Random(5));
        Text(worlds[0], "card").Should().Be(Text(worlds[1], "card"));
        var after = worlds[0].Records("time_tracking");
        after.Select(entry => entry.Id).Except(before).Should().NotBeEmpty();
        before.Except(after.Select(entry => entry.Id)).Should().NotBeEmpty();
        worlds[0].Records("card").Should().Contain(card => card.UpdatedAt == SandboxClient.Now);
    }

    private static string Text(SandboxWorld world, string entity) =>
        string.Join('\n', world.Records(entity).Select(record => record.ToJson().ToJsonString()));

    private static int Largest(IEnumerable<DateTimeOffset?> moments) =>
        moments.GroupBy(moment => moment).Max(group => group.Count());
}
