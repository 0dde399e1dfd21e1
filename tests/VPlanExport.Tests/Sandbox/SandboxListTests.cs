using System.Text.Json.Nodes;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxListTests : IAsyncLifetime
{
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync() => client = await SandboxClient.StartAsync();

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Fact]
    public async Task A_page_has_a_hundred_records_unless_asked_and_counts_all_that_match()
    {
        var page = await client.GetAsync("/time_tracking");
        (page["count"]!.GetValue<int>(), page["limit"]!.GetValue<int>(), page["offset"]!.GetValue<int>())
            .Should()
            .Be((500, 100, 0));
        page["data"]!.AsArray().Should().HaveCount(100);
    }

    [Fact]
    public async Task Offsets_walk_through_all_and_then_give_empty_data()
    {
        var ids = new List<string>();
        for (var offset = 0; offset < 500; offset += 170)
            ids.AddRange(await client.IdsAsync($"/time_tracking?limit=170&offset={offset}"));
        ids.Should().HaveCount(500).And.OnlyHaveUniqueItems();
        (await client.DataAsync("/time_tracking?offset=500")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=ten")]
    [InlineData("offset=-1")]
    [InlineData("sort=nope")]
    [InlineData("sort=name:up")]
    [InlineData("sort=custom_fields")]
    [InlineData("show=nope")]
    [InlineData("hide=nope")]
    [InlineData("include=nope")]
    public async Task What_the_query_cannot_mean_answers_400(string query) =>
        (await client.ErrorAsync("/card?" + query)).Status.Should().Be(400);

    [Fact]
    public async Task Sorting_takes_several_fields_and_directions()
    {
        var cards = await client.DataAsync("/card?limit=1000&sort=board_id:desc,start_date,id:desc");
        var keys = cards
            .Select(card =>
                (
                    Board: card!["board_id"]!.ToString(),
                    Start: card["start_date"]!.ToString(),
                    Id: card["id"]!.ToString()
                )
            )
            .ToList();
        keys.Should()
            .Equal(
                keys.OrderByDescending(key => key.Board, StringComparer.Ordinal)
                    .ThenBy(key => key.Start, StringComparer.Ordinal)
                    .ThenByDescending(key => key.Id, StringComparer.Ordinal)
            );
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("updated_at")]
    public async Task Seeking_through_ties_reads_every_record_once(string key)
    {
        var seen = new HashSet<string>();
        for (var (at, after) = ("2000-01-01T00:00:00Z", ""); ; )
        {
            var filter = $"{key}:gt:'{at}',or,({key}:eq:'{at}',and,id:gt:'{after}')";
            var page = await client.DataAsync(
                $"/time_tracking?limit=37&sort={key}:asc,id:asc&filter=" + Uri.EscapeDataString(filter)
            );
            if (page.Count == 0)
                break;
            foreach (var record in page)
                seen.Add(record!["id"]!.ToString()).Should().BeTrue();
            (at, after) = (page[^1]![key]!.ToString(), page[^1]!["id"]!.ToString());
        }
        seen.Should().HaveCount(500);
    }

    [Theory]
    [InlineData("filter=updated_at:gte:'2025-08-25T00:00:00Z'&sort=updated_at:asc,id:asc")]
    [InlineData("filter=created_at:lt:'2025-08-25T00:00:00Z'&sort=created_at,id")]
    [InlineData("filter=updated_at:gte:'2025-08-15T00:00:00Z',and,status:eq:approved&sort=updated_at,id")]
    [InlineData("filter=id:gt:'8'&sort=id")]
    [InlineData("filter=created_at:gte:'2025-08-15T00:00:00Z',and,updated_at:lt:'2025-09-01T00:00:00Z'&sort=id")]
    public async Task An_answer_from_an_index_is_the_answer_of_a_full_scan(string query)
    {
        var indexed = await client.IdsAsync("/time_tracking?limit=1000&" + query);
        var scanned = await client.IdsAsync(
            "/time_tracking?limit=1000&"
                + query
                    .Replace("filter=", "filter=(id:gt:'',or,id:eq:''),and,(id:not:eq:'x'),and,(")
                    .Replace("&sort", ")&sort")
        );
        indexed.Should().NotBeEmpty().And.Equal(scanned);
    }

    [Fact]
    public async Task Show_gives_only_what_it_names_and_hide_takes_away()
    {
        var shown = (await client.DataAsync("/user?show=id,updated_at&limit=1"))[0]!.AsObject();
        shown.Select(property => property.Key).Should().Equal("id", "updated_at");
        var hidden = (await client.DataAsync("/user?hide=avatar,email&limit=1"))[0]!.AsObject();
        hidden
            .Select(property => property.Key)
            .Should()
            .NotContain(["avatar", "email"])
            .And.Contain(["id", "fullname"]);
    }

    [Fact]
    public async Task Archived_records_show_on_request_only()
    {
        foreach (
            var (path, active) in (IEnumerable<(string, int)>)
                [("/resource", 4), ("/user", 5), ("/board", 2), ("/activity", 12)]
        )
        {
            (await client.DataAsync(path))
                .Should()
                .HaveCount(active)
                .And.OnlyContain(record => record!["archived_at"] == null);
            (await client.DataAsync(path + "?archived=true")).Should().HaveCount(active + 1);
        }
    }

    [Fact]
    public async Task Archived_can_mean_archived_only_and_be_refused_on_boards()
    {
        await using var strict = await SandboxClient.StartAsync(options =>
            options with
            {
                ArchivedMode = VPlanExport.Sandbox.ArchivedMode.Only,
                ArchivedOnBoardAndActivity = false,
            }
        );
        (await strict.DataAsync("/resource?archived=true"))
            .Should()
            .ContainSingle()
            .Which!["archived_at"]
            .Should()
            .NotBeNull();
        (await strict.ErrorAsync("/board?archived=true")).Status.Should().Be(400);
        (await strict.ErrorAsync("/activity?archived=true")).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_record_without_a_timestamp_hides_from_the_seek_but_not_from_the_count()
    {
        var id = client.Server.World.Records("card")[3].Id;
        client.Server.World.Edit("card", id, new JsonObject { ["updated_at"] = null });
        (await client.GetAsync("/card?limit=1&filter=updated_at:gte:'1970-01-01T00:00:00Z'&sort=updated_at,id"))[
            "count"
        ]!
            .GetValue<int>()
            .Should()
            .Be(119);
        (await client.GetAsync("/card?limit=1&filter=updated_at:lte:'2999-01-01T00:00:00Z'&sort=updated_at,id"))[
            "count"
        ]!
            .GetValue<int>()
            .Should()
            .Be(119);
        (await client.GetAsync("/card?limit=1"))["count"]!.GetValue<int>().Should().Be(120);
    }
}
