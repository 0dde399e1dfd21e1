using System.Net;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxEndpointTests : IAsyncLifetime
{
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync() => client = await SandboxClient.StartAsync();

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Theory]
    [InlineData("board")]
    [InlineData("stage")]
    [InlineData("activity")]
    [InlineData("resource")]
    [InlineData("group")]
    [InlineData("user")]
    [InlineData("space")]
    [InlineData("collection")]
    [InlineData("card_relation")]
    [InlineData("time_tracking")]
    [InlineData("order")]
    [InlineData("item")]
    [InlineData("project")]
    [InlineData("relation")]
    [InlineData("warehouse")]
    [InlineData("webhook")]
    public async Task Every_entity_has_a_list_and_a_single_read(string entity)
    {
        var listed = (await client.DataAsync($"/{entity}?limit=1"))[0]!.AsObject();
        var single = (await client.GetAsync($"/{entity}/{listed["id"]}")).AsObject();
        single["id"]!.ToString().Should().Be(listed["id"]!.ToString());
        single.Select(property => property.Key).Should().Contain(listed.Select(property => property.Key));
        (await client.ErrorAsync($"/{entity}/no-such-id")).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("resource", "schedule", "schedule")]
    [InlineData("resource", "schedule_deviation", "schedule_deviation")]
    [InlineData("collection", "card", "card")]
    [InlineData("collection", "checklist", "checklist")]
    [InlineData("collection", "attachment", "attachment")]
    [InlineData("collection", "comment", "comment")]
    [InlineData("order", "row", "order_row")]
    public async Task Every_nested_entity_answers_below_its_parent(string parent, string child, string entity)
    {
        var key = parent + "_id";
        var record = client.Server.World.Records(entity)[0];
        var path = $"/{parent}/{record.Text(key)}/{child}";
        (await client.IdsAsync(path)).Should().Contain(record.Id);
        (await client.DataAsync(path + "?limit=1000"))
            .Should()
            .OnlyContain(found => found!["" + key]!.ToString() == record.Text(key));
        if (child == "schedule")
            return;
        (await client.GetAsync($"{path}/{record.Id}"))["id"]!.ToString().Should().Be(record.Id);
    }

    [Fact]
    public async Task Cards_of_an_unknown_collection_are_an_empty_list_and_other_parents_must_exist()
    {
        (await client.GetAsync("/collection/nope/card"))["count"]!.GetValue<int>().Should().Be(0);
        (await client.ErrorAsync("/collection/nope/comment")).Status.Should().Be(404);
        (await client.ErrorAsync("/order/nope/row")).Status.Should().Be(404);
        (await client.ErrorAsync("/nope")).Status.Should().Be(404);
    }

    [Fact]
    public async Task The_flat_card_list_can_be_missing()
    {
        await using var without = await SandboxClient.StartAsync(options => options with { FlatCards = false });
        (await without.ErrorAsync("/card")).Status.Should().Be(404);
        (await without.DataAsync($"/collection/{without.Server.World.Records("card")[0].Text("collection_id")}/card"))
            .Should()
            .NotBeEmpty();
    }

    [Theory]
    [InlineData("stage", "stage")]
    [InlineData("resource", "resource")]
    [InlineData("group", "group")]
    [InlineData("resource_type/stage", "stage")]
    public async Task Capacity_answers_data_without_paging(string kind, string list)
    {
        var board = client.Server.World.Records("board")[0].Id;
        var answer = (
            await client.GetAsync(
                $"/board/{board}/capacity/{kind}?date_range_start=2025-09-01&date_range_end=2025-09-30&time_frame=week"
            )
        ).AsObject();
        answer.Select(property => property.Key).Should().Equal("data");
        answer["data"]!
            .AsArray()
            .Select(row => row!["date"]!.ToString())
            .Should()
            .Equal("2025-09-01", "2025-09-08", "2025-09-15", "2025-09-22", "2025-09-29");
        answer["data"]![0]![list]!
            .AsArray()
            .Sum(owner => owner!["time_available"]!.GetValue<long>())
            .Should()
            .BePositive();
        (await client.ErrorAsync($"/board/{board}/capacity/{kind}")).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_schedule_filters_on_its_date_and_reads_by_month()
    {
        var resource = client.Server.World.Records("resource")[0].Id;
        (
            await client.DataAsync(
                $"/resource/{resource}/schedule?limit=1000&filter=date:gte:'2025-09-01',and,date:lte:'2025-09-10'"
            )
        )
            .Should()
            .HaveCount(10);
        (await client.DataAsync($"/resource/{resource}/schedule/2025/9?limit=1000")).Should().HaveCount(30);
        foreach (var day in await client.DataAsync($"/resource/{resource}/schedule?limit=1000"))
            (
                day!["hours_work"]!.GetValue<decimal>()
                - day["hours_leave"]!.GetValue<decimal>()
                - day["hours_absence"]!.GetValue<decimal>()
            )
                .Should()
                .Be(day["hours_available"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("days")]
    [InlineData("weeks")]
    [InlineData("activities")]
    [InlineData("collections")]
    [InlineData("boards")]
    [InlineData("statuses")]
    [InlineData("users")]
    public async Task The_time_summary_groups_minutes(string groupBy)
    {
        var total = client.Server.World.Records("time_tracking").Sum(entry => entry["duration"]!.GetValue<long>());
        var groups = await client.DataAsync(
            $"/time_tracking/export?group_by={groupBy}&start=2020-01-01&end=2030-01-01"
        );
        groups.Sum(group => group!["duration"]!.GetValue<long>()).Should().Be(total);
    }

    [Fact]
    public async Task Me_is_no_envelope_and_names_the_environment()
    {
        var me = (await client.GetAsync("/me")).AsObject();
        me.Should().ContainKeys("type", "environment", "features", "api-key").And.NotContainKey("data");
        me["environment"]!["id"]!.ToString().Should().Be("sandbox");
    }

    [Fact]
    public async Task A_deprecated_endpoint_says_so_in_a_header()
    {
        using var response = await client.SendAsync("/collection/detail");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("Deprecated").Single().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_card_checklist_answers_below_its_card()
    {
        var list = client.Server.World.Records("checklist").First(record => record["card_id"] is not null);
        (await client.IdsAsync($"/collection/{list.Text("collection_id")}/card/{list.Text("card_id")}/checklist"))
            .Should()
            .Contain(list.Id);
    }
}
