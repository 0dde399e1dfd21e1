using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public class PagerTests
{
    private const string Tie = "2026-01-05T08:00:01Z";
    private const string Last = "9999-12-31T23:59:59.9999999Z";
    private readonly List<string> _asked = [];
    private readonly List<string> _warnings = [];
    private readonly SeenIds _ledger = new("card");

    [Fact]
    public async Task A_small_entity_costs_one_request()
    {
        await ReadAsync(10, Page(3, "a1", "b1", "c2"));
        _asked.Should().Equal("limit=10&offset=0&sort=created_at:asc,id:asc");
        _ledger.Certify().Should().Be(new Certificate(3, 3, 0, 0, 1));
    }

    [Fact]
    public async Task The_last_page_is_asked_for_from_the_other_end_and_brings_the_count_along()
    {
        await ReadAsync(4, Page(6, "a1", "b2", "c3", "d4"), Page(6, "f6", "e5", "d4", "c3"));
        _asked
            .Should()
            .Equal("limit=4&offset=0&sort=created_at:asc,id:asc", "limit=4&offset=0&sort=created_at:desc,id:desc");
        _ledger.Certify().Text("cards").Should().Be("6 of 6 cards, 2 re-read");
    }

    [Fact]
    public async Task Rows_added_behind_the_last_page_are_read_before_the_walk_ends()
    {
        await ReadAsync(
            4,
            Page(6, "a1", "b2", "c3", "d4"),
            Page(9, "i9", "h8", "g7", "f6"),
            Page(6, "d4", "e5", "f6", "g7"),
            Page(9, "i9", "h8", "g7", "f6")
        );
        _asked[2]
            .Should()
            .Be("limit=4&offset=0&filter=created_at:gte:'2026-01-05T08:00:04Z'&sort=created_at:asc,id:asc");
        _ledger.Certify().Text("cards").Should().Be("9 of 9 cards, 7 re-read");
    }

    [Fact]
    public async Task A_page_of_one_timestamp_is_read_by_id()
    {
        await ReadAsync(2, Page(4, "a1", "b1"), Page(3, "a1", "b1"), Page(1, "c1"), Page(1, "d2"), Page(4, "d2", "c1"));
        _asked[1..4]
            .Should()
            .Equal(
                "limit=2&offset=0&filter=created_at:gte:'2026-01-05T08:00:01Z',and,created_at:lt:'2026-01-05T08:00:02Z'&sort=id:asc",
                "limit=2&offset=0&filter=created_at:gte:'2026-01-05T08:00:01Z',and,created_at:lt:'2026-01-05T08:00:02Z',and,id:gt:'b'&sort=id:asc",
                "limit=2&offset=0&filter=created_at:gte:'2026-01-05T08:00:02Z'&sort=created_at:asc,id:asc"
            );
        _ledger.Certify().Seen.Should().Be(4);
    }

    [Fact]
    public async Task A_full_page_of_everything_is_looked_behind()
    {
        await ReadAsync(2, Page(2, "a1", "b2"), Page(2));
        _asked[1].Should().Be("limit=2&offset=2&sort=created_at:asc,id:asc");
    }

    [Fact]
    public async Task Rows_deleted_meanwhile_are_counted_as_vanished()
    {
        await ReadAsync(3, Page(4, "a1", "b2", "c3"), Page(3, "d4", "c3", "b2"));
        _ledger.Certify().Text("cards").Should().EndWith(", 1 vanished");
    }

    [Fact]
    public async Task A_page_that_is_too_large_is_halved_until_one_row()
    {
        Func<PageScan> tooLarge = () => throw new PageTooLargeException("10005: Memory Exhausted");
        var read = () => ReadAsync(4, tooLarge);
        (await read.Should().ThrowAsync<ContractException>()).WithMessage(
            "/card: a page of one row is too large for vPlan even without its relations (10005*"
        );
        _asked.Select(url => url[..7]).Should().Equal("limit=4", "limit=2", "limit=1");
    }

    [Fact]
    public async Task An_answer_without_a_count_proves_nothing()
    {
        var read = () => ReadAsync(4, () => new PageScan(null, []));
        await read.Should().ThrowAsync<ContractException>().WithMessage("*/card carries no count*");
    }

    [Fact]
    public async Task A_count_that_is_never_reached_stops_the_run_with_both_numbers()
    {
        var read = () => ReadAsync(10, Page(5, "a1", "b2"), Page(5, "a1", "b2"));
        await read.Should()
            .ThrowAsync<ReconciliationException>()
            .WithMessage("/card: vPlan counts 5 rows, 2 were read, after 3 passes.*");
    }

    [Fact]
    public async Task A_refused_sort_is_made_simpler_with_a_warning()
    {
        Func<PageScan> refused = () =>
            throw new RejectedRequestException("vPlan answered 400 to /card: Field not found: id");
        await ReadAsync(10, refused, Page(1, "a1"));
        _asked[1].Should().Be("limit=10&offset=0&sort=created_at:asc");
        _warnings.Should().Equal("vPlan answered 400 to /card: Field not found: id. Trying to page by SeekWithoutId.");
    }

    [Fact]
    public async Task A_property_that_cannot_be_hidden_is_named_and_not_hidden()
    {
        Func<PageScan> refused = () =>
            throw new RejectedRequestException("vPlan answered 400 to /card: Field not found: about");
        await ReadAsync(
            10,
            new PagingFallbacks(new Endpoint("/card") { Hide = ["avatar", "about"] }),
            refused,
            Page(1, "a1")
        );
        _asked[1].Should().Be("limit=10&offset=0&sort=created_at:asc,id:asc&hide=avatar");
        _warnings.Should().ContainSingle().Which.Should().EndWith("Trying without hiding about.");
    }

    [Fact]
    public async Task A_relation_that_vplan_does_not_know_is_asked_for_by_its_other_name_and_then_left_out()
    {
        var endpoint = new Endpoint("/card") { With = ["labels", new Relation("order_rows") { Or = "orderRows" }] };
        await ReadAsync(10, new PagingFallbacks(endpoint), Refused("order_rows"), Refused("orderRows"), Page(1, "a1"));
        _asked[1..]
            .Should()
            .Equal(
                "limit=10&offset=0&sort=created_at:asc,id:asc&with=labels,orderRows",
                "limit=10&offset=0&sort=created_at:asc,id:asc&with=labels"
            );
        _warnings.Should().HaveCount(2);
        _warnings[0].Should().EndWith("Trying the relation orderRows for order_rows.");
        _warnings[1].Should().EndWith("Trying without the relation orderRows.");
    }

    [Fact]
    public async Task An_api_that_does_not_sort_is_read_by_offsets_with_overlapping_pages()
    {
        await ReadAsync(3, Page(4, "c3", "a1", "b2"), Page(4, "c3", "a1", "b2"), Page(4, "b2", "d4"));
        _asked[1..]
            .Should()
            .Equal("limit=3&offset=0&sort=created_at:asc,id:asc", "limit=3&offset=2&sort=created_at:asc,id:asc");
        _warnings.Should().ContainSingle().Which.Should().Contain("did not come sorted by created_at");
    }

    [Fact]
    public async Task A_page_that_is_full_of_the_last_moment_there_is_is_read_by_offsets()
    {
        await ReadAsync(2, At(Last, 3, "a", "b"), At(Last, 3, "a", "b"), At(Last, 3, "b", "c"), At(Last, 3, "c"));

        _asked[1..]
            .Should()
            .Equal(
                "limit=2&offset=0&sort=created_at:asc,id:asc",
                "limit=2&offset=1&sort=created_at:asc,id:asc",
                "limit=2&offset=2&sort=created_at:asc,id:asc"
            );
        _warnings
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("full of rows of 9999-12-31T23:59:59.9999999Z, and no later moment can be asked for");
        _ledger.Certify().Seen.Should().Be(3);
    }

    [Fact]
    public async Task A_page_of_one_timestamp_whose_ids_hold_quotes_is_read_by_offsets()
    {
        await ReadAsync(
            2,
            At(Tie, 3, "'a", "'b"),
            At(Tie, 3, "'a", "'b"),
            At(Tie, 3, "'a", "'b"),
            At(Tie, 3, "'b", "'c"),
            At(Tie, 3, "'c")
        );

        _asked.Should().NotContain(question => question.Contains("'b", StringComparison.Ordinal));
        _warnings.Should().ContainSingle().Which.Should().Contain("An id holds a quote ('b), which no filter can");
        _ledger.Certify().Seen.Should().Be(3);
    }

    private static Func<PageScan> At(string time, long count, params string[] ids) =>
        () => new PageScan(count, [.. ids.Select(id => new ScannedRow(id, time))]);

    private static Func<PageScan> Refused(string relation) =>
        () => throw new RejectedRequestException($"vPlan answered 400 to /card: Relation not found: {relation}");

    /// <summary>Rows as letter and second: <c>a1</c> is row a of 08:00:01.</summary>
    private static Func<PageScan> Page(long count, params string[] rows) =>
        () => new PageScan(count, [.. rows.Select(row => new ScannedRow(row[..1], $"2026-01-05T08:00:0{row[1..]}Z"))]);

    private Task ReadAsync(int limit, params Func<PageScan>[] answers) =>
        ReadAsync(limit, new PagingFallbacks(new Endpoint("/card")), answers);

    /// <summary>Answers in turn; the last one stays.</summary>
    private async Task ReadAsync(int limit, PagingFallbacks concessions, params Func<PageScan>[] answers)
    {
        var asker = new PageFetcher(
            (question, _) =>
            {
                _asked.Add(Uri.UnescapeDataString(question.Url["/card?".Length..]));
                return Task.FromResult(answers[Math.Min(_asked.Count, answers.Length) - 1]());
            },
            _ledger,
            limit,
            CancellationToken.None
        );
        await new Pager(
            new SeekRange(new ListRequest("/card"), "created_at"),
            asker,
            _ledger,
            concessions,
            _warnings.Add
        ).RunAsync();
    }
}
