using System.Text.Json.Nodes;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxRelationTests : IAsyncLifetime
{
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync() => client = await SandboxClient.StartAsync();

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Fact]
    public async Task A_bare_card_has_no_planned_minutes_and_with_brings_them()
    {
        (await client.DataAsync("/card"))[0]!.AsObject().Should().NotContainKey("activities");
        var card = (await client.DataAsync("/card?with=activities,resources,labels"))[0]!.AsObject();
        card["activities"]![0]!["time"]!.GetValue<int>().Should().BePositive();
        card.Should().ContainKeys("resources", "labels");
    }

    [Fact]
    public async Task Planned_times_can_sit_in_a_pivot()
    {
        await using var pivoted = await SandboxClient.StartAsync(options =>
            options with
            {
                PlannedTimesInPivot = true,
            }
        );
        var activity = (await pivoted.DataAsync("/card?with=activities"))[0]!["activities"]![0]!.AsObject();
        activity.Should().NotContainKey("time");
        activity["pivot"]!["time_original"]!.GetValue<int>().Should().BePositive();
    }

    [Theory]
    [InlineData("/board", "stages,collections,cards")]
    [InlineData("/stage", "activities")]
    [InlineData("/activity", "time_tracking,stages")]
    [InlineData("/resource", "activities,cards,resources,schedules,schedule_deviations")]
    [InlineData("/collection", "activities,attachments,cards,checklists,comments,followers,labels,order")]
    [InlineData("/card", "activities,collection,labels,resources,stage,status,time,time_tracking,relations")]
    [InlineData("/order", "address,item,order_rows,collection,project,relation,warehouse,supplies_order_rows")]
    [InlineData("/order", "orderRows")]
    [InlineData("/group", "resources")]
    [InlineData("/user", "resource,time_tracking,settings,board_views")]
    [InlineData("/space", "boards")]
    [InlineData("/time_tracking", "user.resource")]
    public async Task Every_documented_relation_loads(string path, string with)
    {
        var record = (await client.DataAsync($"{path}?limit=1&with={with}"))[0]!.AsObject();
        record.Should().ContainKeys(with.Split(',').Select(name => name.Split('.')[0]));
    }

    [Fact]
    public async Task A_nested_relation_is_nested()
    {
        var entry = (await client.DataAsync("/time_tracking?limit=1&with=user.resource"))[0]!;
        entry["user"]!["resource"]!["id"]!.ToString().Should().Be(entry["user"]!["resource_id"]!.ToString());
    }

    [Theory]
    [InlineData("/card?with=statuses", "Relation not found: statuses")]
    [InlineData("/card?with=activities,nope", "Relation not found: nope")]
    [InlineData("/time_tracking?with=user.nope", "Relation not found: nope")]
    [InlineData("/board?with=labels", "Relation not found: labels")]
    public async Task An_unknown_relation_fails_the_request(string path, string message) =>
        (await client.ErrorAsync(path)).Should().Be((400, "10001", message));

    [Fact]
    public async Task A_relation_can_be_refused_by_option()
    {
        await using var strict = await SandboxClient.StartAsync(options =>
            options with
            {
                RejectedRelations = new HashSet<string> { "order.order_rows" },
            }
        );
        (await strict.ErrorAsync("/order?with=order_rows")).Status.Should().Be(400);
        (await strict.DataAsync("/order?with=orderRows")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Labels_statuses_and_custom_fields_come_on_the_board_itself()
    {
        var board = (await client.DataAsync("/board"))[0]!;
        board["labels"]!.AsArray().Should().HaveCount(4);
        board["statuses"]!.AsArray().Count(status => status!["exit"]!.GetValue<bool>()).Should().Be(1);
        board["custom_fields"]![0]!["name"]!.ToString().Should().Be("Gewicht (kg)");
    }

    [Fact]
    public async Task Includes_add_a_property_of_their_name()
    {
        var card = (
            await client.DataAsync("/card?limit=1&include=time_tracking_total,resource_type_time,resource_type_count")
        )[0]!.AsObject();
        card.Should().ContainKeys("time_tracking_total", "resource_type_time", "resource_type_count");
    }

    [Fact]
    public async Task A_page_too_heavy_answers_10005_and_a_lighter_one_passes()
    {
        await using var small = await SandboxClient.StartAsync(options => options with { HeavyPageUnits = 200 });
        (await small.ErrorAsync("/card?limit=100&with=activities,labels"))
            .Should()
            .Be((500, "10005", "Memory Exhausted"));
        (await small.DataAsync("/card?limit=50&with=activities,labels")).Should().HaveCount(50);
    }

    [Fact]
    public async Task Linking_shows_at_once_and_moves_the_card()
    {
        var world = client.Server.World;
        var card = world.Records("card")[0].Id;
        client.Clock.Advance(TimeSpan.FromMinutes(5));
        world.LinkActivity("card", card, world.Records("activity")[11].Id, time: 77);
        var found = (await client.DataAsync($"/card?with=activities&filter=id:eq:'{card}'"))[0]!;
        found["activities"]!.AsArray().Select(activity => activity!["time"]!.GetValue<int>()).Should().Contain(77);
        found["updated_at"]!.ToString().Should().Be("2025-09-15T12:05:00Z");
    }

    [Fact]
    public async Task A_child_change_need_not_move_the_parent()
    {
        await using var still = await SandboxClient.StartAsync(options =>
            options with
            {
                ChildChangesMoveParent = false,
            }
        );
        var card = still.Server.World.Records("card")[0];
        still.Server.World.Link("card", card.Id, "labels", still.Server.World.Records("label")[0].Id);
        var row = still.Server.World.Records("order_row")[0];
        var order = still.Server.World.Find("order", row.Text("order_id")!)!;
        still.Server.World.Edit("order_row", row.Id, new JsonObject { ["status"] = "x" });
        still.Server.World.Find("card", card.Id)!.UpdatedAt.Should().Be(card.UpdatedAt);
        still.Server.World.Find("order", order.Id)!.UpdatedAt.Should().Be(order.UpdatedAt);
    }
}
