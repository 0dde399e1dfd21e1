using VPlanExport.Entities;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class CatchUpTests
{
    [Theory]
    [InlineData("warehouse.duckdb")]
    [InlineData("lake")]
    public async Task A_sink_that_was_removed_is_rebuilt_equal_without_one_request(string sink)
    {
        await using var house = await HouseWithHistoryAsync();
        var rows = house.Warehouse(
            "SELECT concat_ws('|', time_entry_id, minutes, is_deleted) FROM dw.fact_time_entry ORDER BY 1"
        );
        house.Remove(sink);
        var requests = house.VPlan.Requests.Count;

        await using (var runner = await house.OpenRunnerAsync())
        {
            (await runner.CatchUpAsync(null, null, CancellationToken.None)).Should().HaveCount(3);
            (await runner.CatchUpAsync(null, null, CancellationToken.None))
                .Should()
                .BeEmpty("applying twice changes nothing");
        }

        house.VPlan.Requests.Count.Should().Be(requests);
        await house.SinksAgreeAsync();
        house
            .Warehouse("SELECT concat_ws('|', time_entry_id, minutes, is_deleted) FROM dw.fact_time_entry ORDER BY 1")
            .Should()
            .Equal(rows);
    }

    [Fact]
    public async Task The_next_run_rebuilds_a_removed_sink_by_itself()
    {
        await using var house = await HouseWithHistoryAsync();
        house.Remove("warehouse.duckdb");

        await house.NightlyAsync();

        await house.SinksAgreeAsync();
        house.Warehouse("SELECT count(*) FROM etl.load").Should().Equal("4");
    }

    [Fact]
    public async Task Applying_up_to_a_run_applies_those_before_it_too()
    {
        await using var house = await HouseWithHistoryAsync();
        var runs = await house.AllRunsAsync();
        house.Remove("warehouse.duckdb");
        await using (var runner = await house.OpenRunnerAsync())
        {
            var applied = await runner.CatchUpAsync(runs[1].RunId, SinkKind.Warehouse, CancellationToken.None);
            applied.Select(a => a.RunId).Should().Equal(runs[0].RunId, runs[1].RunId);
            await FluentActions
                .Awaiting(() => runner.CatchUpAsync("20200101T000000Z-1", null, CancellationToken.None))
                .Should()
                .ThrowAsync<ConfigurationException>()
                .WithMessage($"*no committed run '20200101T000000Z-1'*{runs[0].RunId}*");
        }

        await house.NightlyAsync();

        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Pruning_keeps_the_last_run_that_read_everything_and_what_came_after_it()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { Lake = house.Settings.Lake with { Retention = TimeSpan.FromDays(30) } };
        await house.FullAsync();
        await house.NightlyAsync();
        house.Clock.Advance(TimeSpan.FromDays(25));
        await house.FullAsync();
        await house.NightlyAsync();
        var runs = (await house.AllRunsAsync()).Select(r => r.RunId).ToList();
        runs.Should().HaveCount(4);
        house.Clock.Advance(TimeSpan.FromDays(9));

        await house.NightlyAsync();

        (await house.AllRunsAsync()).Select(r => r.RunId).Should().HaveCount(3).And.StartWith(runs[2..]);
        house.Remove("lake");
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData("warehouse.duckdb", "warehouse")]
    [InlineData("lake", "lake")]
    public async Task Pages_and_rows_of_old_runs_go_without_a_later_full_run_and_a_sink_that_is_lost_is_read_from_vplan_again(
        string place,
        string sink
    )
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.NightlyAsync();
        house.Clock.Advance(TimeSpan.FromDays(31));
        (await house.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("2 runs older than Runs:KeepDays (30) still have their pages and rows");

        await house.NightlyAsync();

        var runs = await house.AllRunsAsync();
        runs.Select(r =>
                Directory.Exists(Path.Combine(r.Store.Location, "raw"))
                || Directory.Exists(Path.Combine(r.Store.Location, "rows"))
            )
            .Should()
            .Equal(false, false, true);
        (await house.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .MatchRegex(@"Work folder: [0-9.]+ MB in 3 runs\.")
            .And.Contain("vplan-export run --full");
        house.Remove(place);
        (await house.InvokeAsync("load"))
            .ShouldBe(ExitCode.Sink)
            .Naming($"The {sink} cannot be brought up to date", "Runs:KeepDays", "vplan-export run --full");

        var summary = await house.NightlyAsync("card");

        summary.Request.Should().Be("full run");
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE NOT is_deleted").Should().Equal("500");
        (await house.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .MatchRegex(@"work folder: .* can be written, and no run is at work; [0-9.]+ MB in [0-9]+ runs")
            .And.NotContain("weekly");
        (await house.NightlyAsync("card")).Request.Should().Be("nightly run of card");
        await using var lake = await house.OpenRunnerAsync();
        (await lake.Sinks.Lake.LiveIdsAsync(TimeEntries.Fact, wanted: null, TestContext.Current.CancellationToken))
            .Should()
            .HaveCount(500);
    }

    [Fact]
    public async Task A_run_that_was_read_before_a_sink_was_lost_is_not_taken_for_what_the_sink_lacks()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Clock.Advance(TimeSpan.FromDays(31));
        await house.NightlyAsync("card");
        (
            await house.DiesAtAsync(
                happened => happened is RunEvent.Started { Phase: "publish" },
                new RunRequest(RunKind.Nightly, ["card"])
            )
        )
            .Should()
            .BeTrue();
        house.Remove("warehouse.duckdb");

        (await house.NightlyAsync("card")).Request.Should().Be("full run");

        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE NOT is_deleted").Should().Equal("500");
    }

    [Fact]
    public async Task A_warehouse_is_rebuilt_from_a_run_that_came_after_cards_and_what_they_stood_in_were_deleted()
    {
        await using var house = await TestExport.OpenAsync();
        await house.FullAsync();
        foreach (var entity in new[] { "card", "collection", "stage", "resource" })
            house.World.Delete(entity, house.World.Records(entity)[^1].Id);
        await house.FullAsync();
        house.Clock.Advance(TimeSpan.FromDays(40));
        await house.FullAsync();
        await house.NightlyAsync();
        (await house.AllRunsAsync()).Should().HaveCount(2, "those before the last full run were removed");
        var history = house.Warehouse(History);
        house.Remove("warehouse.duckdb");

        await house.NightlyAsync();

        house.Warehouse(History).Should().Equal(history);
        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE is_deleted").Should().Equal("1");
        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE is_inferred").Should().Equal("0");
    }

    /// <summary>Of each kind of row that a full read does not bring: what was deleted before it, what it finds deleted,
    /// members that nothing but a deleted row refers to, days outside of those asked for, a plan that was.</summary>
    [Theory]
    [InlineData("warehouse.duckdb")]
    [InlineData("lake")]
    public async Task A_sink_that_is_rebuilt_from_a_later_full_read_has_what_was_deleted_before_it(string sink)
    {
        await using var house = await HouseWithDeletionsAsync();
        house.Clock.Advance(TimeSpan.FromDays(40));
        Delete(house, 1, "card", "time_tracking", "order", "user");
        await house.FullAsync();
        await house.NightlyAsync();
        (await house.AllRunsAsync()).Should().HaveCount(2, "those before the last full run were removed");
        var rows = house.Warehouse(Rows);
        house.Remove(sink);

        (await house.InvokeAsync("load", "--all")).ShouldBe(ExitCode.Ok);

        await IsWholeAsync(house, rows);
    }

    [Fact]
    public async Task A_lost_warehouse_that_a_full_read_heals_has_what_was_deleted_before_it()
    {
        await using var house = await HouseWithDeletionsAsync();
        house.Clock.Advance(TimeSpan.FromDays(31));
        await house.NightlyAsync();
        var rows = house.Warehouse(Rows);
        house.Remove("warehouse.duckdb");

        (await house.NightlyAsync("card")).Request.Should().Be("full run");

        await IsWholeAsync(house, rows);
    }

    [Fact]
    public async Task A_member_that_a_full_read_finds_deleted_is_so_although_rows_refer_to_it()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var user = house.Warehouse(
            "SELECT u.user_id FROM dw.fact_time_entry JOIN dw.dim_user u USING (user_key) WHERE NOT u.is_inferred "
                + "AND u.user_id <> '' ORDER BY 1"
        )[0];
        house.World.Delete("user", user);

        await house.FullAsync();

        house
            .Warehouse($"SELECT concat(is_deleted, is_inferred) FROM dw.dim_user WHERE user_id = '{user}'")
            .Should()
            .Equal("truefalse");
        await house.SinksAgreeAsync();
    }

    private const string Rows = """
        SELECT concat_ws('|', 'entry', time_entry_id, minutes, user_key) FROM dw.fact_time_entry WHERE is_deleted
        UNION ALL SELECT concat_ws('|', 'card', card_id, name) FROM dw.dim_card WHERE is_deleted
        UNION ALL SELECT concat_ws('|', 'user', user_id, is_inferred, is_deleted) FROM dw.dim_user
        UNION ALL SELECT concat_ws('|', 'was', card_key, valid_from, valid_to) FROM dw.hist_card WHERE NOT is_current
        UNION ALL SELECT concat_ws('|', 'changed', card_key, change_type) FROM dw.fact_plan_change
        UNION ALL SELECT concat_ws('|', 'day', card_key, date_key) FROM dw.fact_planned_day WHERE is_deleted
        ORDER BY 1
        """;

    private const string Unbalanced =
        "SELECT entity FROM etl.certificate WHERE filed <> accepted + added OR staged <> filed OR merged <> filed";

    private static async Task<TestExport> HouseWithDeletionsAsync()
    {
        var house = await TestExport.OpenAfterFirstNightAsync();
        Delete(house, 0, "card", "time_tracking", "collection", "user", "resource");
        house.World.ChangeSome(10, new Random(1));
        await house.FullAsync();
        return house;
    }

    private static async Task IsWholeAsync(TestExport house, List<string> rows)
    {
        await house.SinksAgreeAsync();
        house.Warehouse(Rows).Should().Equal(rows);
        house.Warehouse(Unbalanced).Should().BeEmpty();
        (await house.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);
    }

    private static void Delete(TestExport house, int at, params string[] entities)
    {
        foreach (var entity in entities)
            house.World.Delete(entity, house.World.Records(entity)[at].Id);
    }

    private const string History =
        "SELECT concat_ws('|', card_key, valid_from, valid_to, stage_key, status_key) FROM dw.hist_card ORDER BY 1";

    private static async Task<TestExport> HouseWithHistoryAsync()
    {
        var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[9].Id);
        await house.FullAsync();
        house.World.ChangeSome(10, new Random(1));
        await house.NightlyAsync();
        return house;
    }
}
