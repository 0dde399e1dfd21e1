using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class ResumeTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    [Fact]
    public async Task A_run_that_died_at_any_event_is_finished_by_the_next()
    {
        await using var house = await TestExport.OpenAsync();
        for (var nth = 1; await house.DiesAtAsync(nth, Nightly); nth += 3)
            house.World.ChangeSome(1, new Random(nth));

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData("extracted.json")]
    [InlineData("transformed.json")]
    [InlineData("published.json")]
    [InlineData("loaded.json")]
    public async Task A_run_is_finished_from_every_mark_without_one_request(string lastMark)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await KeepMarksUpToAsync(house, lastMark);

        await using (var runner = await house.OpenRunnerAsync())
            await runner.RunAsync(Nightly, fresh: false, CancellationToken.None);

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .ContainSingle(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        (await house.Runs.CommittedAsync(CancellationToken.None)).Should().HaveCount(2);
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData("warehouse.duckdb")]
    [InlineData("lake")]
    public async Task A_run_whose_sink_was_lost_after_its_mark_is_applied_again(string sink)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await KeepMarksUpToAsync(house, "loaded.json");
        if (sink == "lake")
            Directory.Delete(house.In(sink), recursive: true);
        else
            File.Delete(house.In(sink));

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task An_interrupted_reading_goes_on_behind_the_landed_pages()
    {
        await using var house = await TestExport.OpenAsync();
        (await house.DiesAtAsync(12, Nightly)).Should().BeTrue();
        var landed = await JournalAsync(house);
        landed.Should().NotBeEmpty();
        var asked = house.VPlan.Requests.Count;

        await house.NightlyAsync();

        house.VPlan.Requests.Skip(asked).Select(r => r.PathAndQuery).Should().NotIntersectWith(landed);
        (await house.AllRunsAsync()).Should().ContainSingle();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Fresh_discards_what_was_interrupted()
    {
        await using var house = await TestExport.OpenAsync();
        await house.DiesAtAsync(12, Nightly);
        var died = (await house.AllRunsAsync()).Single().RunId;
        house.Clock.Advance(TimeSpan.FromHours(1));

        await house.FreshAsync();

        (await house.AllRunsAsync()).Should().ContainSingle().Which.RunId.Should().NotBe(died);
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Fresh_finishes_a_run_that_the_lake_already_shows()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(10, new Random(2));
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "load" }, Nightly))
            .Should()
            .BeTrue();
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[^1].Id);

        await house.FreshAsync();

        await house.SinksAgreeAsync();
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task An_interrupted_backfill_neither_blocks_nor_is_resumed_by_a_nightly_and_starts_over_after_it()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var backfill = TestExport.Range("2026-09-01", "2026-09-30");
        (await house.DiesAtAsync(4, backfill)).Should().BeTrue();
        var died = (await house.AllRunsAsync())[^1].RunId;

        await house.NightlyAsync();

        (await house.AllRunsAsync()).Select(r => r.RunId).Should().Contain(died);
        (await house.DiesAtAsync(int.MaxValue, backfill)).Should().BeFalse();
        (await house.AllRunsAsync()).Select(r => r.RunId).Should().NotContain(died);
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.StartsWith("Discarding backfill", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_reading_is_not_gone_on_with_when_a_run_that_was_planned_before_it_has_been_committed_since()
    {
        await using var house = await TestExport.OpenAsync();
        (await house.DiesAtAsync(12, Nightly)).Should().BeTrue();
        (await house.DiesAtAsync(40, new RunRequest(RunKind.Full, []))).Should().BeTrue();
        house.World.Add("collection", new JsonObject { ["name"] = "Spoed" });
        await house.NightlyAsync();

        await house.FullAsync();

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.StartsWith("Discarding full run", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_used_up_budget_is_gone_on_with_the_next_day()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with
        {
            VPlan = house.Settings.VPlan with { RequestsPerDay = 20, PageSize = 25 },
        };

        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<BudgetReachedException>();
        house
            .VPlan.Requests.Count.Should()
            .BeInRange(17, 20, "requests that wait for their turn when the budget ends are not sent any more");
        for (var day = 0; day < 5 && (await house.Runs.CommittedAsync(CancellationToken.None)).Count == 0; day++)
        {
            house.Clock.Advance(TimeSpan.FromDays(1));
            try
            {
                await house.NightlyAsync();
            }
            catch (BudgetReachedException) { }
        }

        (await house.AllRunsAsync()).Should().ContainSingle();
        await house.SinksAgreeAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = 500 } };
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    private static async Task KeepMarksUpToAsync(TestExport house, string last)
    {
        string[] marks =
        [
            "plan.json",
            "extracted.json",
            "transformed.json",
            "published.json",
            "loaded.json",
            "manifest.json",
        ];
        foreach (var mark in marks.SkipWhile(m => m != last).Skip(1))
            File.Delete(Path.Combine((await house.AllRunsAsync())[^1].Store.Location, mark));
    }

    /// <summary>The questions that the interrupted run has answers to.</summary>
    private static async Task<List<string>> JournalAsync(TestExport house) =>
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine((await house.AllRunsAsync()).Single().Store.Location, "raw"),
                    "page-*.json",
                    SearchOption.AllDirectories
                )
                .Select(f => (string)JsonNode.Parse(File.ReadAllText(f))!["Url"]!),
        ];
}
