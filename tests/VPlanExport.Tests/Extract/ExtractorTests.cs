using System.IO.Compression;
using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public sealed class ExtractorTests : IDisposable
{
    private static readonly SandboxOptions Tiny = new() { Size = SandboxSize.Tiny, Today = new DateOnly(2026, 3, 2) };
    private static readonly SandboxOptions WithoutOrderRows = Tiny with
    {
        RejectedRelations = new HashSet<string> { "order.order_rows", "order.orderRows" },
    };
    private readonly TempFolder _folder = new();
    private readonly ImmediateTime _time = new();

    public ExtractorTests() => Run = new FolderStore(_folder.Path);

    public static TheoryData<string> Entities =>
        [.. Catalog.All.Where(entity => entity.Endpoint.Per is null).Select(entity => entity.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FolderStore Run { get; }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_row_of_every_entity_is_landed(string name)
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var entity = Catalog.Named(name);
        var extract = await ExtractAsync(server, entity, new Window.Full());
        extract.Certificate!.Vanished.Should().Be(0);
        extract.Certificate.Seen.Should().Be(extract.Certificate.Expected);
        extract.Rows.Should().Be(extract.Certificate.Seen + extract.Certificate.Reread);
        (await LandedAsync(extract)).Should().BeEquivalentTo(Ids(server, entity));
    }

    [Theory]
    [InlineData("card")]
    [InlineData("time_tracking")]
    [InlineData("collection")]
    public async Task Rows_edited_while_paging_are_not_lost(string name)
    {
        await using var server = await SandboxServer.StartAsync(Tiny with { Edits = EditSchedule.Random(7, 5) }, Token);
        var entity = Catalog.Named(name);
        var before = Ids(server, entity);
        var extract = await ExtractAsync(server, entity, new Window.Full());
        var landed = (await LandedAsync(extract)).ToHashSet();
        before.Intersect(Ids(server, entity)).Should().OnlyContain(id => landed.Contains(id));
    }

    [Theory]
    [InlineData(FaultKind.Status429)]
    [InlineData(FaultKind.Status503)]
    [InlineData(FaultKind.Status500)]
    [InlineData(FaultKind.Status303)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.HalfJson)]
    [InlineData(FaultKind.Html200)]
    [InlineData(FaultKind.Error10005)]
    public async Task Faults_that_pass_cost_requests_and_no_rows(FaultKind kind)
    {
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                Faults = FaultSchedule.Every(3, kind),
            },
            Token
        );
        var extract = await ExtractAsync(server, Cards.Entity, new Window.Full());
        (await LandedAsync(extract)).Should().BeEquivalentTo(Ids(server, Cards.Entity));
        extract.Requests.Should().Be(server.Requests.Count);
    }

    [Fact]
    public async Task A_page_too_large_for_vplan_is_halved()
    {
        await using var server = await SandboxServer.StartAsync(Tiny with { HeavyPageUnits = 40 }, Token);
        var extract = await ExtractAsync(server, Cards.Entity, new Window.Full());
        extract.Limit.Should().BeLessThanOrEqualTo(10);
        (await LandedAsync(extract)).Should().BeEquivalentTo(Ids(server, Cards.Entity));
    }

    [Fact]
    public async Task Of_a_record_that_is_too_large_for_vplan_the_relation_is_left_out_and_told()
    {
        var heavy = SandboxWorld.Create(Tiny).Records("card")[50].Id;
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                HeavyRelations = new HashSet<string> { $"{heavy}.activities", $"{heavy}.resources" },
            },
            Token
        );
        var extract = await ExtractAsync(server, Cards.Entity, new Window.Full());
        (await LandedAsync(extract)).Should().BeEquivalentTo(Ids(server, Cards.Entity));
        extract
            .Lacking.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(new KeyValuePair<string, string[]>(heavy, ["activities", "resources"]));
        extract
            .Warnings.Should()
            .Equal(
                $"/card: these are too large for vPlan with their activities, which stay as they were: {heavy}.",
                $"/card: these are too large for vPlan with their resources, which stay as they were: {heavy}."
            );

        await Run.DeleteAsync("raw/card/extract.json", Token);
        (await ExtractAsync(server, Cards.Entity, new Window.Full()))
            .Should()
            .BeEquivalentTo(extract with { Requests = 0 });
    }

    [Fact]
    public async Task Of_a_record_that_is_too_large_for_vplan_the_relation_is_read_from_its_own_list_where_there_is_one()
    {
        var heavy = SandboxWorld.Create(Tiny).Records("order_row")[7].Text("order_id")!;
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                HeavyRelations = new HashSet<string> { $"{heavy}.order_rows" },
            },
            Token
        );
        var extract = await ExtractAsync(server, Orders.Entity, new Window.Full());
        extract.Lists.Should().OnlyContain(list => list.RecordId == heavy);
        extract
            .Lists.Sum(list => list.Page.Rows)
            .Should()
            .BeGreaterThanOrEqualTo(server.World.Records("order_row").Count(row => row.Text("order_id") == heavy));
        extract
            .Warnings.Should()
            .ContainSingle()
            .Which.Should()
            .Contain("/order/{id}/row, a request for each of 1 records");
    }

    [Fact]
    public async Task A_record_that_is_too_large_when_it_is_asked_for_by_id_comes_without_its_relations()
    {
        var cards = SandboxWorld.Create(Tiny).Records("card");
        var heavy = cards.OrderBy(card => card.UpdatedAt).First().Id;
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                HeavyRelations = new HashSet<string> { $"{heavy}.labels" },
            },
            Token
        );
        await ExtractAsync(
            server,
            Cards.Entity,
            new Window.Since(cards.Max(card => card.UpdatedAt)!.Value.UtcDateTime)
        );
        using var client = await ClientAsync(Settings(server));
        (
            await new Extractor(client, PersonalDataPolicy.Kept, _time).ConfirmAsync(
                Cards.Entity,
                Ids(server, Cards.Entity),
                Run,
                Token
            )
        )
            .Should()
            .BeEmpty();
        var confirmed = (await Extractor.FindAsync(Cards.Entity, Run, Token))!;
        (await LandedAsync(confirmed)).Should().BeEquivalentTo(Ids(server, Cards.Entity));
        confirmed
            .Warnings.Should()
            .Equal(
                $"/card: these are too large for vPlan with their activities, resources, labels, which stay as they were: {heavy}."
            );
    }

    [Fact]
    public async Task A_run_that_ran_out_of_requests_resumes_where_it_stopped()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var settings = Settings(server) with { RequestsPerDay = 4 };
        var days = 0;
        while (await TryExtractAsync(settings) is null)
        {
            days++;
            _time.Advance(TimeSpan.FromDays(1));
        }
        days.Should().BeGreaterThan(2);
        server.Requests.Select(request => request.PathAndQuery).Should().OnlyHaveUniqueItems();
        (await LandedAsync((await Extractor.FindAsync(TimeEntries.Entity, Run, Token))!))
            .Should()
            .BeEquivalentTo(Ids(server, TimeEntries.Entity));
    }

    [Fact]
    public async Task A_finished_entity_is_not_asked_for_again()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var first = await ExtractAsync(server, Cards.Entity, new Window.Full());
        var requests = server.Requests.Count;
        var second = await ExtractAsync(server, Cards.Entity, new Window.Full());
        server.Requests.Should().HaveCount(requests);
        second.Should().BeEquivalentTo(first);
    }

    [Fact]
    public async Task Landed_pages_answer_a_walk_that_is_started_again()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var first = await ExtractAsync(server, Cards.Entity, new Window.Full());
        var requests = server.Requests.Count;
        await Run.DeleteAsync("raw/card/extract.json", Token);
        var second = await ExtractAsync(server, Cards.Entity, new Window.Full());
        server.Requests.Should().HaveCount(requests);
        second.Should().BeEquivalentTo(first with { Requests = 0 });
    }

    [Fact]
    public async Task A_page_without_its_journal_entry_was_not_landed()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var first = await ExtractAsync(server, Cards.Entity, new Window.Full());
        var requests = server.Requests.Count;
        await Run.DeleteAsync("raw/card/extract.json", Token);
        await Run.DeleteAsync($"raw/card/page-{first.Pages[^1].Number:000000}.json", Token);
        var second = await ExtractAsync(server, Cards.Entity, new Window.Full());
        server.Requests.Should().HaveCount(requests + 1);
        (await LandedAsync(second)).Should().BeEquivalentTo(Ids(server, Cards.Entity));
    }

    [Fact]
    public async Task Another_window_discards_what_was_landed()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        await ExtractAsync(server, Cards.Entity, new Window.Full());
        var extract = await ExtractAsync(
            server,
            Cards.Entity,
            new Window.Since(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc))
        );
        extract.Rows.Should().Be(0);
        (await Run.ListAsync("raw/card/page-", Token)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_watermark_reads_what_changed_since()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var cards = server.World.Records("card").OrderBy(card => card.UpdatedAt).ToList();
        var since = cards[cards.Count / 2].UpdatedAt!.Value.UtcDateTime;
        var extract = await ExtractAsync(server, Cards.Entity, new Window.Since(since));
        (await LandedAsync(extract))
            .Should()
            .BeEquivalentTo(cards.Where(card => card.UpdatedAt >= since).Select(card => card.Id));
    }

    [Fact]
    public async Task A_backfill_reads_the_days_of_its_range()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var window = new Window.Range(new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28), "Europe/Amsterdam");
        var extract = await ExtractAsync(server, Cards.Entity, window);
        var expected = server
            .World.Records("card")
            .Where(card =>
                card.Text("start_date") is { } day
                && string.CompareOrdinal(day, "2026-02-01") >= 0
                && string.CompareOrdinal(day, "2026-02-28") <= 0
            );
        (await LandedAsync(extract)).Should().NotBeEmpty().And.BeEquivalentTo(expected.Select(card => card.Id));
    }

    [Fact]
    public async Task Without_a_flat_list_cards_are_read_per_collection()
    {
        await using var server = await SandboxServer.StartAsync(Tiny with { FlatCards = false }, Token);
        await ExtractAsync(server, Collections.Entity, new Window.Full());
        var extract = await ExtractAsync(server, Cards.Entity, new Window.Full());
        extract.Warnings.Should().ContainSingle().Which.Should().Contain("/collection/{id}/card instead");
        extract.Certificate!.Seen.Should().Be(extract.Certificate.Expected);
        (await LandedAsync(extract)).Should().BeEquivalentTo(Ids(server, Cards.Entity));

        using var client = await ClientAsync(Settings(server));
        (await new Extractor(client, PersonalDataPolicy.Kept, _time).ConfirmAsync(Cards.Entity, ["x"], Run, Token))
            .Should()
            .BeEmpty();
    }

    [Fact]
    public async Task What_vplan_was_found_to_load_is_asked_for_from_then_on()
    {
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                RejectedRelations = new HashSet<string> { "order.order_rows" },
            },
            Token
        );
        var extract = await ExtractAsync(server, Orders.Entity, new Window.Full());
        extract.Loaded.Should().Equal("orderRows");
        extract.Warnings.Should().ContainSingle().Which.Should().Contain("order_rows");

        using var client = await ClientAsync(Settings(server));
        var extractor = new Extractor(client, PersonalDataPolicy.Kept, _time);
        (await extractor.ConfirmAsync(Orders.Entity, ["x"], Run, Token)).Should().Equal("x");
        (await extractor.CountAsync(Orders.Entity, new Window.Full(), Token)).Should().Be(server.World.Count("order"));
        server
            .Requests.Count(request => request.PathAndQuery.Contains("with=order_rows", StringComparison.Ordinal))
            .Should()
            .Be(1);
    }

    [Fact]
    public async Task A_relation_that_vplan_does_not_load_is_read_record_by_record_and_only_once()
    {
        await using var server = await SandboxServer.StartAsync(WithoutOrderRows, Token);
        var extract = await ExtractAsync(server, Orders.Entity, new Window.Full());
        extract.Loaded.Should().BeEmpty();
        extract.Lists.Should().OnlyContain(list => list.Relation == "order_rows");
        extract.Lists.Select(list => list.RecordId).Distinct().Should().BeEquivalentTo(Ids(server, Orders.Entity));
        extract.Lists.Sum(list => list.Page.Rows).Should().BeGreaterThanOrEqualTo(server.World.Count("order_row"));
        extract.Warnings.Should().Contain(warning => warning.Contains("/order/{id}/row", StringComparison.Ordinal));
        extract.Requests.Should().Be(server.Requests.Count);

        var requests = server.Requests.Count;
        await Run.DeleteAsync("raw/order/extract.json", Token);
        (await ExtractAsync(server, Orders.Entity, new Window.Full())).Lists.Should().Equal(extract.Lists);
        server.Requests.Should().HaveCount(requests);
    }

    [Theory]
    [InlineData(FaultKind.Status403)]
    [InlineData(FaultKind.Status404)]
    public async Task Where_there_are_no_such_lists_either_the_records_are_read_without_their_elements(FaultKind fault)
    {
        await using var server = await SandboxServer.StartAsync(
            WithoutOrderRows with
            {
                Faults = FaultSchedule.When(request =>
                    request.Path.StartsWith("/order/", StringComparison.Ordinal) ? new Fault(fault) : null
                ),
            },
            Token
        );
        var extract = await ExtractAsync(server, Orders.Entity, new Window.Full());
        extract.Unavailable.Should().BeNull();
        extract.Lists.Should().BeEmpty();
        extract.Warnings[^1].Should().Contain("stays");
        server
            .Requests.Count(request => request.PathAndQuery.Contains("/row", StringComparison.Ordinal))
            .Should()
            .BeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task An_entity_the_key_may_not_read_is_unavailable_and_not_asked_for_again()
    {
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                Faults = FaultSchedule.Every(1, FaultKind.Status403),
            },
            Token
        );
        (await ExtractAsync(server, TimeEntries.Entity, new Window.Full()))
            .Unavailable.Should()
            .Contain("403")
            .And.Contain("/time_tracking");
        (await ExtractAsync(server, TimeEntries.Entity, new Window.Full())).Certificate.Should().BeNull();
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(ArchivedMode.Only)]
    [InlineData(ArchivedMode.InAddition)]
    public async Task Archived_rows_are_counted_once_however_vplan_lists_them(ArchivedMode mode)
    {
        await using var server = await SandboxServer.StartAsync(Tiny with { ArchivedMode = mode }, Token);
        var extract = await ExtractAsync(server, Users.Entity, new Window.Full());
        extract.Certificate!.Expected.Should().Be(Ids(server, Users.Entity).Count);
        extract.Certificate.Seen.Should().Be(extract.Certificate.Expected);
    }

    [Fact]
    public async Task An_archive_that_is_only_tried_may_be_refused()
    {
        await using var server = await SandboxServer.StartAsync(
            Tiny with
            {
                ArchivedOnBoardAndActivity = false,
            },
            Token
        );
        foreach (var entity in Catalog.All.Where(entity => entity.Endpoint.Archived == ArchivedRows.Tried))
            (await ExtractAsync(server, entity, new Window.Full()))
                .Warnings.Should()
                .ContainSingle()
                .Which.Should()
                .Contain("archived");
    }

    [Fact]
    public async Task Only_rows_that_vplan_denies_are_gone()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        var all = Ids(server, Cards.Entity);
        var extract = await ExtractAsync(
            server,
            Cards.Entity,
            new Window.Since(server.World.Records("card").Max(card => card.UpdatedAt)!.Value.UtcDateTime)
        );
        var landed = await LandedAsync(extract);
        var deleted = all.Except(landed).Take(3).ToList();
        deleted.ForEach(id => server.World.Delete("card", id));

        using var client = await ClientAsync(Settings(server));
        var gone = await new Extractor(client, PersonalDataPolicy.Kept, _time).ConfirmAsync(
            Cards.Entity,
            all,
            Run,
            Token
        );
        gone.Should().BeEquivalentTo(deleted);
        var confirmed = (await Extractor.FindAsync(Cards.Entity, Run, Token))!;
        (await LandedAsync(confirmed)).Should().BeEquivalentTo(all.Except(deleted));
        confirmed
            .Certificate.Should()
            .Be(new Certificate(all.Count - 3, all.Count - 3, confirmed.Rows - (all.Count - 3), 0, confirmed.Requests));
        server.Requests.Should().OnlyContain(request => request.PathAndQuery.Length < 2200);

        var requests = server.Requests.Count;
        (await new Extractor(client, PersonalDataPolicy.Kept, _time).ConfirmAsync(Cards.Entity, all, Run, Token))
            .Should()
            .Equal(gone);
        server.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task No_row_is_gone_when_vplan_misunderstands_the_filter()
    {
        using var some = new Some();
        const string walk = """{"count":3,"data":[{"id":"a"},{"id":"b"},{"id":"c"}]}""";
        using var client = await some.ClientAsync(
            Some.Settings,
            Some.Page(walk),
            Some.Page("""{"count":1,"data":[{"id":"a"}]}""")
        );
        var extractor = new Extractor(client, PersonalDataPolicy.Kept, some.Time);
        await extractor.ExtractAsync(Collections.Entity, new Window.Full(), some.Store, parentIds: null, Token);
        var confirm = () => extractor.ConfirmAsync(Collections.Entity, ["x", "y"], some.Store, Token);
        await confirm.Should().ThrowAsync<ContractException>().WithMessage("/collection*no row is taken for deleted*");
    }

    [Fact]
    public async Task A_lookback_that_vplan_does_not_understand_is_told_and_what_changed_is_read()
    {
        using var some = new Some();
        using var client = await some.ClientAsync(
            Some.Settings,
            Some.Page(),
            Some.Page("""{"errors":[{"code":1,"message":"Invalid filter"}]}""", status: 400)
        );
        var window = new Window.Since(new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc), new DateOnly(2025, 12, 1));
        var extract = await new Extractor(client, PersonalDataPolicy.Kept, some.Time).ExtractAsync(
            Cards.Entity,
            window,
            some.Store,
            parentIds: null,
            Token
        );
        extract.Certificate!.Seen.Should().Be(1);
        extract.HasLookback.Should().BeFalse();
        extract
            .Warnings.Should()
            .ContainSingle()
            .Which.Should()
            .Contain("Invalid filter")
            .And.EndWith("seen by the next full run.");
        some.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_dry_run_counts_with_one_request()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        using var client = await ClientAsync(Settings(server));
        (await new Extractor(client, PersonalDataPolicy.Kept, _time).CountAsync(Cards.Entity, new Window.Full(), Token))
            .Should()
            .Be(server.World.Count("card"));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_wrong_key_says_which_settings_to_check()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        using var client = await ClientAsync(Settings(server) with { ApiKey = "wrong-key" });
        var ask = () => new Extractor(client, PersonalDataPolicy.Kept, _time).MeAsync(Token);
        (await ask.Should().ThrowAsync<ConfigurationException>())
            .WithMessage("*VPlan:ApiKey and VPlan:ApiEnv*")
            .Which.Message.Should()
            .NotContain("wrong-key");
    }

    [Fact]
    public async Task Entities_are_read_side_by_side()
    {
        await using var server = await SandboxServer.StartAsync(Tiny, Token);
        using var client = await ClientAsync(Settings(server));
        var progress = 0;
        var extractor = new Extractor(client, PersonalDataPolicy.Kept, _time, _ => Interlocked.Increment(ref progress));
        var extracts = await Task.WhenAll(
            Catalog
                .All.Where(entity => entity.Endpoint.Unnest is null)
                .Select(entity => extractor.ExtractAsync(entity, new Window.Full(), Run, parentIds: null, Token))
        );
        extracts.Should().OnlyContain(extract => extract.Certificate!.Seen == extract.Certificate.Expected);
        extracts.Sum(extract => extract.Requests).Should().Be(server.Requests.Count);
        progress.Should().Be(extracts.Sum(extract => extract.Pages.Count));
    }

    private static VPlanSettings Settings(SandboxServer server) =>
        Some.Settings with
        {
            BaseUrl = server.BaseUrl.ToString(),
            ApiKey = "sandbox-key",
            ApiEnv = "sandbox",
            PageSize = 40,
        };

    private static List<string> Ids(SandboxServer server, Entity entity) =>
        [.. server.World.Records(entity.Endpoint.Path.TrimStart('/')).Select(record => record.Id)];

    private async Task<VPlanClient> ClientAsync(VPlanSettings settings) =>
        new(
            settings,
            await RequestBudget.OpenAsync(Run, settings.RequestsPerDay, _time, Token),
            _time,
            () => 0,
            _ => { }
        );

    private async Task<LandedEntity> ExtractAsync(SandboxServer server, Entity entity, Window window)
    {
        using var client = await ClientAsync(Settings(server));
        return await new Extractor(client, PersonalDataPolicy.Kept, _time).ExtractAsync(
            entity,
            window,
            Run,
            parentIds: null,
            Token
        );
    }

    private async Task<LandedEntity?> TryExtractAsync(VPlanSettings settings)
    {
        using var client = await ClientAsync(settings);
        try
        {
            return await new Extractor(client, PersonalDataPolicy.Kept, _time).ExtractAsync(
                TimeEntries.Entity,
                new Window.Full(),
                Run,
                parentIds: null,
                Token
            );
        }
        catch (BudgetReachedException)
        {
            return null;
        }
    }

    /// <summary>Distinct ids on the landed pages, read as a transformer would.</summary>
    private async Task<IReadOnlyCollection<string>> LandedAsync(LandedEntity extract)
    {
        var ids = new List<string>();
        foreach (var page in extract.Pages)
        {
            await using var file = await Run.OpenAsync(page.Path(extract.Entity), Token);
            await using var gzip = new GZipStream(file!, CompressionMode.Decompress);
            using var json = await JsonDocument.ParseAsync(gzip, cancellationToken: Token);
            var rows = json
                .RootElement.GetProperty("data")
                .EnumerateArray()
                .Select(row => row.GetProperty("id").GetString()!)
                .ToList();
            rows.Should().HaveCount(page.Rows);
            ids.AddRange(rows.Where((id, row) => !IsOlderReading(extract, id, new RowPosition(page.Number, row))));
        }
        ids.Should().OnlyHaveUniqueItems();
        return ids;
    }

    private static bool IsOlderReading(LandedEntity extract, string id, RowPosition place) =>
        extract.Repeats.TryGetValue(SurrogateKey.Of(Catalog.Named(extract.Entity).Main.KeyEntity!, id), out var last)
        && last != place;
}
