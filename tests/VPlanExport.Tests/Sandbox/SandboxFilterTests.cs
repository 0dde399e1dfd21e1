using System.Text.Json.Nodes;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxFilterTests : IAsyncLifetime
{
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync()
    {
        client = await SandboxClient.StartAsync();
        foreach (var item in client.Server.World.Records("item"))
            client.Server.World.Delete("item", item.Id);
        Add("0000-a", "Steel, plate", true, "2025-01-01T00:00:00Z");
        Add("0000-b", "Bolt (M8)", false, "2025-02-01T10:11:12Z");
        Add("ffff-c", "Bolt: M10", false, "2025-03-01T00:00:00Z");
        Add("ffff-d", null, true, "2025-04-01T00:00:00Z");
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Theory]
    [InlineData("id:eq:0000-a", "a")]
    [InlineData("id:gt:0000-b", "cd")]
    [InlineData("id:gte:'0000-b'", "bcd")]
    [InlineData("id:lt:ffff-c", "ab")]
    [InlineData("id:lte:ffff-c", "abc")]
    [InlineData("id:not:eq:0000-a", "bcd")]
    [InlineData("id:not:starts_with:0000", "cd")]
    [InlineData("id:contains:FFFF", "cd")]
    [InlineData("id:ends_with:-b", "b")]
    [InlineData("description:contains:'Steel, plate'", "a")]
    [InlineData("description:eq:'Bolt: M10'", "c")]
    [InlineData("description:eq:'Bolt (M8)'", "b")]
    [InlineData("description:not:eq:x", "abc")]
    [InlineData("stockmanagement:eq:true", "ad")]
    [InlineData("created_at:gt:'2025-02-01T10:11:12Z'", "cd")]
    [InlineData("created_at:gte:'2025-02-01T10:11:12Z'", "bcd")]
    [InlineData("created_at:gte:'2025-02-01T10:11:12.500Z'", "cd")]
    [InlineData("created_at:lt:'2025-02-01T10:11:12.500Z'", "ab")]
    [InlineData("created_at:eq:'2025-02-01T12:11:12+02:00'", "b")]
    [InlineData("created_at:gte:2025-03-01", "cd")]
    [InlineData("created_at:gte:'2025-02-01',and,created_at:lt:'2025-04-01'", "bc")]
    [InlineData("created_at:gte:'2025-02-01',and,id:starts_with:ffff", "cd")]
    [InlineData("id:eq:0000-a,or,id:eq:0000-b,and,stockmanagement:eq:true", "a")]
    [InlineData("(id:eq:0000-a,or,id:eq:0000-b),and,stockmanagement:eq:false", "b")]
    [InlineData("stockmanagement:eq:false,and,id:eq:0000-b,or,id:eq:ffff-d", "bd")]
    [InlineData("created_at:gt:'2023-11-01T13:00:00Z',and,(id:not:starts_with:0000,or,id:contains:-A)", "acd")]
    [InlineData("((id:eq:0000-a),or,(id:eq:ffff-d,and,(stockmanagement:eq:true)))", "ad")]
    public async Task A_filter_with_operators_and_parentheses_binds_as_written(string filter, string expected)
    {
        var ids = await client.IdsAsync("/item?sort=id&filter=" + Uri.EscapeDataString(filter));
        string.Concat(ids.Select(id => id[^1])).Should().Be(expected);
    }

    [Theory]
    [InlineData("nope:eq:1", "Field not found: nope")]
    [InlineData("id:like:1", "Operator not found: like")]
    [InlineData("id:in:1", "Operator not found: in")]
    [InlineData("id", "Invalid filter")]
    [InlineData("id:eq", "Invalid filter")]
    [InlineData("id:eq:'open", "Invalid filter")]
    [InlineData("(id:eq:1", "Invalid filter")]
    [InlineData("id:eq:1)", "Invalid filter")]
    [InlineData("id:eq:a:b", "Invalid filter")]
    [InlineData("id:eq:1,id:eq:2", "Invalid filter")]
    [InlineData("created_at:gt:2025-01-01T00:00:00Z", "Invalid filter")]
    [InlineData("created_at:gt:soon", "Invalid value: soon")]
    [InlineData("labels:has:true", "Relation not found: labels")]
    public async Task A_bad_filter_answers_400(string filter, string message) =>
        (await client.ErrorAsync("/item?filter=" + Uri.EscapeDataString(filter))).Should().Be((400, "10001", message));

    [Fact]
    public async Task Has_asks_for_one_or_more_of_a_relation()
    {
        var world = client.Server.World;
        var labelled = world.Records("card").Count(card => card.Linked("labels").Count > 0);
        (await client.GetAsync("/card?filter=labels:has:true&limit=1"))["count"]!.GetValue<int>().Should().Be(labelled);
        (await client.GetAsync("/card?filter=labels:not:has:true&limit=1"))["count"]!
            .GetValue<int>()
            .Should()
            .Be(120 - labelled);
    }

    [Fact]
    public async Task Numbers_dates_and_nulls_compare_by_their_type()
    {
        var world = client.Server.World;
        var order = world.Records("order")[0].Id;
        foreach (var row in world.Records("order_row").Where(row => row.Text("order_id") == order))
            world.Delete("order_row", row.Id);
        world.Add(
            "order_row",
            new JsonObject
            {
                ["id"] = "r1",
                ["order_id"] = order,
                ["quantity"] = 9.5,
                ["delivered_date"] = "2025-01-31",
            }
        );
        world.Add(
            "order_row",
            new JsonObject
            {
                ["id"] = "r2",
                ["order_id"] = order,
                ["quantity"] = 10,
            }
        );
        (await client.IdsAsync($"/order/{order}/row?filter=quantity:gt:9.5")).Should().Equal("r2");
        (await client.IdsAsync($"/order/{order}/row?filter=delivered_date:lte:'2025-01-31'")).Should().Equal("r1");
        (await client.IdsAsync($"/order/{order}/row?filter=delivered_date:not:eq:'2025-01-30'")).Should().Equal("r1");
    }

    private void Add(string id, string? description, bool stock, string created) =>
        client.Server.World.Add(
            "item",
            new JsonObject
            {
                ["id"] = id,
                ["description"] = description,
                ["stockmanagement"] = stock,
                ["created_at"] = created,
                ["updated_at"] = created,
            }
        );
}
