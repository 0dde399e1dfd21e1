using System.Text.Json.Nodes;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>What a backfill would change, and publishing exactly that.</summary>
[Trait("Tier", "scenario")]
public sealed class BackfillPlanTests
{
    private static readonly RunRequest Autumn = TestExport.Range("2026-08-15", "2026-10-31");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each makes the plan a lie; with what the refusal names.</summary>
    public static TheoryData<string, string> Changes =>
        new()
        {
            { "edited", "of time_tracking from 2026-09-01 to 2026-09-30 it gave" },
            { "edited silently", "as many with other values now" },
            { "deleted", "of time_tracking from 2026-09-01 to 2026-09-30 it gave" },
            { "added", "of time_tracking from 2026-09-01 to 2026-09-30 it gave" },
            { "a day of a schedule", "of schedule from 2026-09-01 to 2026-09-30 it gave" },
            { "an activity of a card", "of card from 2026-09-01 to 2026-09-30 it gave" },
            { "a nightly", "The lake and the warehouse have changed since the plan was made" },
        };

    [Fact]
    public async Task A_plan_tells_by_table_and_month_what_would_change_and_changes_nothing()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var entries = Entries(house, "2026-09-1");
        house.World.Delete("time_tracking", entries[0].Id);
        Silently(house, entries[1], new JsonObject { ["duration"] = Minutes(entries[1]) + 60 });
        Silently(house, entries[2], new JsonObject { ["start"] = "2026-10-05T08:00:00Z" });
        Add(house, entries[3], "2026-09-12T08:00:00Z", 45);
        Silently(house, Entries(house, "2026-09-0")[0], new JsonObject { ["duration"] = 8888 });
        var (before, after) = (Files(house), await house.ManifestAsync());

        var plan = await house
            .Backfills()
            .PlanAsync(TestExport.Range("2026-09-10", "2026-10-31", "time_tracking"), Token);

        plan.Lines.Should()
            .BeEquivalentTo([
                new DiffLine(
                    "fact_time_entry",
                    "2026-09",
                    1,
                    1,
                    1,
                    60 + 45 - Minutes(entries[0]) - Minutes(entries[2])
                ),
                new DiffLine("fact_time_entry", "2026-10", 0, 1, 0, Minutes(entries[2])),
            ]);
        plan.Base.Should().Be(after.RunId);
        Files(house).Should().BeEquivalentTo(before, "nothing is published and nothing is left behind");
        (await house.AllRunsAsync()).Should().HaveCount(1);
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
    }

    [Fact]
    public async Task A_plan_of_what_nobody_changed_is_empty_and_one_of_an_empty_house_is_everything_in_its_range()
    {
        await using var house = await TestExport.OpenAsync();

        var first = await house.Backfills().PlanAsync(Autumn, Token);
        await house.NightlyAsync();
        var second = await house.Backfills().PlanAsync(Autumn, Token);

        first.Base.Should().BeNull();
        first.Lines.Should().OnlyContain(l => l.Changed == 0 && l.Gone == 0);
        first
            .Lines.Where(l => l.Table == "fact_time_entry" && l.Month == "2026-09")
            .Should()
            .ContainSingle()
            .Which.Added.Should()
            .Be(Entries(house, "2026-09").Count);
        second.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_applied_is_what_the_plan_showed()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var before = await house.ManifestAsync();
        ChangeAllKinds(house);
        var plan = await house.Backfills().PlanAsync(Autumn, Token);

        var months = await ApplyAsync(house, plan);

        months.Should().HaveCount(3);
        foreach (
            var table in plan
                .Lines.GroupBy(l => l.Table)
                .Where(g => !g.Key.StartsWith("hist_", StringComparison.Ordinal))
        )
        {
            var done = months.SelectMany(m => m.Tables).Where(t => t.Table == table.Key).ToList();
            (done.Sum(t => t.Written), done.Sum(t => t.Changed), done.Sum(t => t.Deleted))
                .Should()
                .Be((table.Sum(l => l.Added), table.Sum(l => l.Changed), table.Sum(l => l.Gone)), table.Key);
        }
        (await house.ManifestAsync())
            .Entities.Should()
            .BeEquivalentTo(before.Entities, "a backfill moves no watermark");
        (await house.Backfills().PlanAsync(Autumn, Token)).Lines.Should().BeEmpty();
        await house.BothSinksEqualVPlanAsync();
        Directory.EnumerateFiles(house.In("work/backfills")).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_plan_that_no_longer_holds_is_refused_and_nothing_is_published(string change, string named)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var entries = Entries(house, "2026-09-1");
        house.World.Delete("time_tracking", Entries(house, "2026-09-1")[^1].Id);
        var plan = await house.Backfills().PlanAsync(TestExport.Range("2026-09-01", "2026-09-30"), Token);
        switch (change)
        {
            case "edited":
                house.World.Edit("time_tracking", entries[0].Id, new JsonObject { ["note"] = "edited" });
                break;
            case "edited silently":
                Silently(house, entries[0], new JsonObject { ["note"] = "edited" });
                break;
            case "deleted":
                house.World.Delete("time_tracking", entries[0].Id);
                break;
            case "added":
                Add(house, entries[0], "2026-09-12T08:00:00Z", 45);
                break;
            case "a day of a schedule":
                house.World.Edit(
                    "schedule",
                    house.World.Records("schedule").First(d => d.Text("date") == "2026-09-22").Id,
                    new JsonObject { ["hours_work"] = 1.5 }
                );
                break;
            case "an activity of a card":
                house.World.LinkActivity(
                    "card",
                    house
                        .World.Records("card")
                        .First(c => c.Text("start_date")?.StartsWith("2026-09", StringComparison.Ordinal) == true)
                        .Id,
                    house.World.Records("activity")[0].Id,
                    90
                );
                break;
            default:
                await house.NightlyAsync();
                break;
        }
        var (runs, rows) = (
            (await house.AllRunsAsync()).Count,
            house.Warehouse("SELECT hash(list(hash(t) ORDER BY hash(t)))::VARCHAR FROM dw.fact_time_entry t")
        );

        (await house.Invoking(h => ApplyAsync(h, plan)).Should().ThrowAsync<RefusedException>())
            .Which.Message.Should()
            .Contain(named)
            .And.Contain("Nothing was published.")
            .And.Contain("--from 2026-09-01 --to 2026-09-30 --plan FILE");

        (await house.AllRunsAsync()).Should().HaveCount(runs);
        house
            .Warehouse("SELECT hash(list(hash(t) ORDER BY hash(t)))::VARCHAR FROM dw.fact_time_entry t")
            .Should()
            .Equal(rows);
        Scratch(house).Should().BeEmpty();
    }

    [Fact]
    public async Task Neither_making_nor_applying_a_plan_takes_what_the_nightly_needs()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Clock.Advance(TimeSpan.FromDays(10));
        var share = (await house.NightlyAsync()).Requests;
        house.World.Delete("time_tracking", Entries(house, "2026-09-1")[0].Id);
        var plan = await house.Backfills().PlanAsync(TestExport.Range("2026-09-01", "2026-09-30"), Token);
        house.Clock.Advance(TimeSpan.FromDays(1));
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = share + 10 } };

        await house
            .Invoking(h => h.Backfills().PlanAsync(Autumn, Token))
            .Should()
            .ThrowAsync<BudgetReachedException>()
            .WithMessage($"*the {share} that are left are kept for the nightly run*");
        await house.Invoking(h => ApplyAsync(h, plan)).Should().ThrowAsync<BudgetReachedException>();

        (await house.AllRunsAsync()).Should().HaveCount(2);
        (await house.NightlyAsync()).Requests.Should().BeLessThanOrEqualTo(share);
    }

    [Theory]
    [InlineData("extract", 3)]
    [InlineData("publish", 1)]
    [InlineData("load", 2)]
    public async Task An_interrupted_application_goes_on_with_the_months_that_are_left(string phase, int nth)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        ChangeAllKinds(house);
        var plan = await house.Backfills().PlanAsync(Autumn, Token);
        var seen = 0;

        await house
            .Invoking(h =>
                ApplyAsync(h, plan, e => e is RunEvent.Started started && started.Phase == phase && ++seen == nth)
            )
            .Should()
            .ThrowAsync<SuddenDeathException>();
        var rest = await ApplyAsync(house, plan);

        rest.Should().HaveCount(phase == "load" ? 2 : 3);
        (await house.Runs.CommittedAsync(Token)).Should().HaveCount(4);
        (await house.Runs.InPhaseAsync(p => p != RunPhase.Committed, Token)).Should().BeEmpty();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_nightly_after_an_interrupted_application_makes_the_rest_of_it_refused()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        ChangeAllKinds(house);
        var plan = await house.Backfills().PlanAsync(Autumn, Token);
        var seen = 0;
        await house
            .Invoking(h => ApplyAsync(h, plan, e => e is RunEvent.Started { Phase: "load" } && ++seen == 2))
            .Should()
            .ThrowAsync<SuddenDeathException>();
        await house.NightlyAsync();

        (await house.Invoking(h => ApplyAsync(h, plan)).Should().ThrowAsync<RefusedException>())
            .Which.Message.Should()
            .Contain("The 2 of 3 months that were published before stay; nothing else was.");

        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_plan_that_is_killed_while_it_is_made_leaves_nothing_that_a_nightly_would_publish()
    {
        await using var house = await TestExport.OpenAsync(o => o with { Clock = TimeProvider.System });
        await ExportProcess.RunAsync(house);
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[^1].Id);
        var year = TimeProvider.System.GetUtcNow().Year;
        using var planning = ExportProcess.Start(
            house,
            [],
            "backfill",
            "--from",
            $"{year}-01-01",
            "--to",
            $"{year}-12-31",
            "--dry-run"
        );
        while (!Scratch(house).Any(f => f.EndsWith(".parquet", StringComparison.Ordinal)) && !planning.HasExited)
            await Task.Delay(1, Token);
        planning.Kill();
        await planning.WaitForExitAsync(Token);
        Scratch(house).Should().NotBeEmpty("it was killed in the middle");

        await ExportProcess.RunAsync(house, "--entity", "board");

        (await house.AllRunsAsync()).Should().HaveCount(2);
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
        Scratch(house).Should().BeEmpty("what it had read is removed");
    }

    [Fact]
    public async Task A_state_between_two_runs_is_nothing_to_compare_with()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        (await house.DiesAtAsync(e => e is RunEvent.Started { Phase: "load" }, new RunRequest(RunKind.Nightly, [])))
            .Should()
            .BeTrue();

        (await house.Invoking(h => h.Backfills().PlanAsync(Autumn, Token)).Should().ThrowAsync<RefusedException>())
            .Which.Message.Should()
            .Contain("vplan-export run");

        await house.NightlyAsync();
        (await house.Backfills().PlanAsync(Autumn, Token)).Lines.Should().BeEmpty();
    }

    /// <summary>An edit, a deletion, an addition and a move, of entries and of a card.</summary>
    private static void ChangeAllKinds(TestExport house)
    {
        house.Clock.Advance(TimeSpan.FromHours(1));
        var entries = Entries(house, "2026-09-1");
        house.World.Delete("time_tracking", entries[0].Id);
        house.World.Edit("time_tracking", entries[1].Id, new JsonObject { ["duration"] = 600 });
        Silently(house, entries[2], new JsonObject { ["start"] = "2026-10-05T08:00:00Z" });
        Add(house, entries[3], "2026-08-20T08:00:00Z", 45);
        house.World.Edit(
            "card",
            house
                .World.Records("card")
                .First(c => c.Text("start_date")?.StartsWith("2026-09", StringComparison.Ordinal) == true)
                .Id,
            new JsonObject { ["start_date"] = "2026-10-06", ["end_date"] = "2026-10-07" }
        );
        house.World.Edit(
            "schedule",
            house.World.Records("schedule").First(d => d.Text("date") == "2026-09-22").Id,
            new JsonObject { ["hours_work"] = 1.5 }
        );
    }

    private static async Task<List<RunSummary>> ApplyAsync(
        TestExport house,
        BackfillPlan plan,
        Func<RunEvent, bool>? dies = null
    )
    {
        var summaries = new List<RunSummary>();
        await house
            .Backfills(tell: happened => Die(dies?.Invoke(happened) == true))
            .ApplyAsync(plan, summaries.Add, Token);
        return summaries;
    }

    private static void Die(bool now)
    {
        if (now)
            throw new SuddenDeathException();
    }

    /// <param name="prefix">Of the business date.</param>
    private static List<SandboxRecord> Entries(TestExport house, string prefix) =>
        [
            .. house
                .World.Records("time_tracking")
                .Where(e => DayOf(house, e).StartsWith(prefix, StringComparison.Ordinal)),
        ];

    private static string DayOf(TestExport house, SandboxRecord entry) =>
        TimeZoneInfo
            .ConvertTime(
                DateTimeOffset.Parse(entry.Text("start")!, System.Globalization.CultureInfo.InvariantCulture),
                house.Settings.TimeZone
            )
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static long Minutes(SandboxRecord entry) =>
        long.Parse(entry.Text("duration")!, System.Globalization.CultureInfo.InvariantCulture);

    private static void Add(TestExport house, SandboxRecord like, string start, int minutes)
    {
        var entry = like.ToJson();
        (entry["id"], entry["start"], entry["duration"]) = (Guid.NewGuid().ToString(), start, minutes);
        house.World.Add("time_tracking", entry);
    }

    /// <summary>As an integration may: without moving <c>updated_at</c>.</summary>
    private static void Silently(TestExport house, SandboxRecord record, JsonObject change)
    {
        change["updated_at"] = record.Text("updated_at");
        house.World.Edit("time_tracking", record.Id, change);
    }

    private static string[] Files(TestExport house) =>
        [
            .. new[] { "lake", "work" }.SelectMany(f =>
                Directory.GetFiles(house.In(f), "*", SearchOption.AllDirectories)
            ),
        ];

    private static IEnumerable<string> Scratch(TestExport house) =>
        Directory.Exists(house.In("work/plans"))
            ? Directory.EnumerateFiles(house.In("work/plans"), "*", SearchOption.AllDirectories)
            : [];
}
