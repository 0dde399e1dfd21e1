using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What changed in the plan, with dates that are the same in every country.</summary>
[Trait("Tier", "scenario")]
public sealed class ChangesCommandTests
{
    [Fact]
    public async Task What_changed_since_a_day_is_told_by_card_collection_and_order()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Clock.Advance(TimeSpan.FromDays(2));
        var card = house
            .World.Records("card")
            .First(c =>
                c.Text("end_date") is not null
                && c.Text("collection_id") is { } id
                && house.World.Records("order").Any(o => o.Text("collection_id") == id)
            );
        var collection = house.World.Records("collection").Single(c => c.Id == card.Text("collection_id"));
        var end = DateOnly.Parse(card.Text("end_date")!, CultureInfo.InvariantCulture);
        house.World.Edit("card", card.Id, new JsonObject { ["end_date"] = Iso(end.AddDays(400)) });
        await house.NightlyAsync();
        var today = DateOnly.FromDateTime(house.Clock.GetUtcNow().AddHours(2).UtcDateTime);

        var cards = await ShownAsync(house, "--since", Iso(today));
        var collections = await ShownAsync(house, "--since", today.DayOfWeek.ToString(), "--entity", "collection");
        var orders = await ShownAsync(house, "--entity", "order");

        var moved = cards.Single(c => (string)c["what"]! == "end_date");
        moved
            .ToJsonString()
            .Should()
            .Be(
                $$"""{"changed_on":"{{Iso(today)}}","card":{{moved["card"]!.ToJsonString()}},"collection":{{moved["collection"]!.ToJsonString()}},"what":"end_date","old":"{{Iso(end)}}","new":"{{Iso(end.AddDays(400))}}","days":400}"""
            );
        ((string)moved["card"]!).Should().Be(card.Text("name"));
        var job = collections.Single(c => (string)c["what"]! == "end_date");
        ((string)job["collection"]!).Should().Be(collection.Text("name"));
        ((string)job["new"]!, (string)job["cards"]!).Should().Be((Iso(end.AddDays(400)), "1"));
        orders.Should().ContainSingle(o => (string)o["what"]! == "end_date");
        (await house.InvokeAsync("changes", "--since", Iso(today.AddDays(1))))
            .ShouldBe(ExitCode.Ok)
            .Output.Trim()
            .Should()
            .Be($"Nothing changed in the plan since {Iso(today.AddDays(1))}.");
        (await house.InvokeAsync("changes", "--since", "2020-01-01")).Output.Should().Contain("The history begins on");
    }

    [Theory]
    [InlineData("--since mondy", "--since is 'mondy'", "Did you mean 'monday'?")]
    [InlineData("--since 1-3-2026", "--since is '1-3-2026'", "yyyy-MM-dd")]
    [InlineData("--entity board", "'board'", "'order'")]
    [InlineData("", "no history of the plan yet", "vplan-export run")]
    public async Task What_cannot_be_told_is_refused(string words, string named, string advice)
    {
        using var place = new CliHost();

        (await place.InvokeAsync(["changes", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]))
            .ShouldBe(ExitCode.Configuration)
            .Naming(named, advice);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<List<JsonNode>> ShownAsync(TestExport house, params string[] words) =>
        [
            .. (await house.InvokeAsync(["changes", "--format", "json", .. words]))
                .ShouldBe(ExitCode.Ok)
                .Lines.Select(l => JsonNode.Parse(l)!),
        ];
}
