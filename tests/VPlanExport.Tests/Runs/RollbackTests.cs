using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Lake;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Runs;

/// <summary>Runs that turn out to be wrong are undone in both sinks, as if they had never been.</summary>
[Trait("Tier", "scenario")]
public sealed class RollbackTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    [Fact]
    public async Task Both_sinks_are_to_the_byte_what_they_were_and_the_next_run_goes_on_from_there()
    {
        var (house, target, before) = await HouseWithFourNightsAsync();
        await using var closed = house;
        var undone = (await house.AllRunsAsync()).Select(r => r.RunId).ToList()[^2..];

        var summary = await RollBackAsync(house, target);

        State.Of(house).ShouldBe(before);
        summary.Undone.Should().Equal(undone);
        summary.ReadsFrom.Should().Be((await house.ManifestAsync()).Entities.Values.Min(e => e.Watermark));
        foreach (var run in await house.AllRunsAsync())
            (await run.PhaseAsync(CancellationToken.None))
                .Should()
                .Be(run.Sequence > target.Sequence ? RunPhase.RolledBack : RunPhase.Committed);
        (await ConsistentSetAsync(house)).Run.Should().Be(target.RunId);
        Edit(house, "Fifth");
        await house.SweepAsync();
        (await house.ManifestAsync())
            .Sequence.Should()
            .BeGreaterThan((await house.AllRunsAsync()).Select(r => r.Sequence).Order().ElementAt(^2));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task The_quarantine_is_that_of_the_run()
    {
        await using var house = await TestExport.OpenAsync();
        var card = house.World.Records("card")[4].Id;
        house.World.Edit("card", card, new JsonObject { ["start_date"] = "2026-02-30" });
        await house.NightlyAsync();
        var target = (await house.AllRunsAsync())[^1];
        house.World.Edit("card", card, new JsonObject { ["start_date"] = "2026-02-28" });
        await house.NightlyAsync();
        (await (await house.AllRunsAsync())[^1].QuarantineAsync(CancellationToken.None)).Should().BeEmpty();

        await RollBackAsync(house, target);

        house
            .Warehouse($"SELECT card_id FROM dw.dim_card WHERE card_id = '{card}' AND NOT is_inferred")
            .Should()
            .BeEmpty();
        house.World.Edit("card", house.World.Records("card")[5].Id, new JsonObject { ["name"] = "Other" });
        await house.NightlyAsync();
        (await (await house.AllRunsAsync())[^1].QuarantineAsync(CancellationToken.None))
            .Should()
            .BeEmpty("the card was read again from the watermark of that run on");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Files_of_undone_runs_stay_for_the_retention_and_those_that_came_back_stay_for_good()
    {
        var (house, target, _) = await HouseWithFourNightsAsync();
        await using var closed = house;
        var files = DataFiles(house);
        await RollBackAsync(house, target);
        DataFiles(house).Should().BeEquivalentTo(files);
        house.Clock.Advance(TimeSpan.FromDays(8));

        await house.SweepAsync();
        house.Clock.Advance(TimeSpan.FromDays(8));
        await house.SweepAsync();

        files.Except(DataFiles(house)).Should().NotBeEmpty();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task After_a_rollback_one_can_go_back_further_and_to_a_run_that_came_after_it()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var (first, atFirst) = ((await house.AllRunsAsync())[^1], State.Of(house));
        house.World.ChangeSome(10, new Random(1));
        await house.NightlyAsync();
        var (second, atSecond) = ((await house.AllRunsAsync())[^1], State.Of(house));
        house.World.ChangeSome(10, new Random(2));
        await house.NightlyAsync();
        await RollBackAsync(house, second);
        State.Of(house).ShouldBe(atSecond);

        house.World.ChangeSome(10, new Random(3));
        await house.NightlyAsync();
        var (fourth, atFourth) = ((await house.AllRunsAsync())[^1], State.Of(house));
        await house.FullAsync();
        await RollBackAsync(house, fourth);
        State.Of(house).ShouldBe(atFourth);
        await RollBackAsync(house, first);

        State.Of(house).ShouldBe(atFirst);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Backfills_replays_and_a_run_that_only_the_lake_shows_are_undone_as_well()
    {
        await using var house = await HouseWithTwoNightsAsync();
        var (target, before) = ((await house.AllRunsAsync())[^1], State.Of(house));
        house.World.ChangeSome(20, new Random(5));
        await house.BackfillAsync("2026-08-01", "2026-10-31");
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "load" }, Nightly))
            .Should()
            .BeTrue();

        (await RollBackAsync(house, target)).Undone.Should().HaveCount(2);

        State.Of(house).ShouldBe(before);
        var requests = house.VPlan.Requests.Count;
        await using (var runner = await house.OpenRunnerAsync())
        {
            (await runner.CatchUpAsync(null, null, CancellationToken.None)).Should().BeEmpty();
            (await runner.ReplayAsync(CancellationToken.None)).Should().BeNull();
        }
        house.VPlan.Requests.Should().HaveCount(requests);
        await house.FreshAsync();
        (await (await house.AllRunsAsync())[^2].PhaseAsync(CancellationToken.None))
            .Should()
            .Be(RunPhase.RolledBack, "--fresh discards what was interrupted, not what was undone");
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Where_no_run_came_after_it_nothing_is_touched()
    {
        await using var house = await HouseWithTwoNightsAsync();
        var before = Files(house);

        var summary = await RollBackAsync(house, (await house.AllRunsAsync())[^1]);

        (summary.IsDone, summary.Undone.Count).Should().Be((false, 0));
        Files(house).Should().Equal(before);
    }

    [Fact]
    public async Task A_run_that_only_the_sinks_know_is_undone_as_well()
    {
        await using var house = await HouseWithTwoNightsAsync();
        var (target, before) = ((await house.AllRunsAsync())[^1], State.Of(house));
        Edit(house, "Third");
        await house.NightlyAsync();
        Directory.Delete((await house.AllRunsAsync())[^1].Store.Location, recursive: true);

        var summary = await RollBackAsync(house, target);

        (summary.IsDone, summary.Undone.Count).Should().Be((true, 0));
        State.Of(house).ShouldBe(before);
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>Goes back two nights, dies in between, and goes on.</summary>
    /// <param name="without">Columns of the warehouse that may come back otherwise.</param>
    internal static async Task GoBackAsync(TestExport house, string[] without)
    {
        await TwoNightsAsync(house);
        await house.BringLakeAsync();
        var (target, before) = ((await house.AllRunsAsync())[^1], State.Of(house, without));
        await TwoMoreNightsAsync(house);
        await GoBackAsync(house, target, before, without);
    }

    /// <param name="before">What was in the sinks after the run to go back to.</param>
    internal static async Task GoBackAsync(TestExport house, RunFolder target, State before, string[] without)
    {
        await DieAsync(house, target, steps: 2);
        await (await house.OpenRunnerAsync()).DisposeAsync();

        await house.BringLakeAsync();
        State.Of(house, without).ShouldBe(before);
        Edit(house, "Fifth");
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>A full first night, then one with edits and a row that was deleted.</summary>
    internal static async Task<TestExport> HouseWithTwoNightsAsync()
    {
        var made = await FirstNight.TwoNights.Value;
        return await made.CopyAsync((made.World.Records("stage")[0].UpdatedAt!.Value, EditFirst));
    }

    /// <summary>Two more nights after those, the run before them, and what was in the sinks then.</summary>
    internal static async Task<(TestExport House, RunFolder Target, State Before)> HouseWithFourNightsAsync()
    {
        var made = await FirstNight.FourNights.Value;
        var house = await made.House.CopyAsync([.. made.Edits]);
        return (house, (await house.AllRunsAsync())[^3], made.Before);
    }

    internal static async Task<FourNights> FourNightsAsync()
    {
        var house = await HouseWithTwoNightsAsync();
        var before = State.Of(house);
        var first = (house.World.Records("stage")[0].UpdatedAt!.Value, (Action<TestExport>)EditFirst);
        return new FourNights(house, before, [first, .. await TwoMoreNightsAsync(house)]);
    }

    internal static async Task TwoNightsAsync(TestExport house)
    {
        await house.NightlyAsync();
        EditFirst(house);
        await house.FullAsync();
    }

    private static void EditFirst(TestExport house)
    {
        house.World.ChangeSome(10, new Random(1));
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[3].Id);
        house.World.Edit("stage", house.World.Records("stage")[0].Id, new JsonObject { ["name"] = "First" });
    }

    /// <summary>The deleted row comes back, others go, many change: all of it to be seen by a run that reads what has
    /// changed and sweeps.</summary>
    /// <returns>What was edited, and when.</returns>
    internal static async Task<IReadOnlyList<(DateTimeOffset At, Action<TestExport> Make)>> TwoMoreNightsAsync(
        TestExport house
    )
    {
        var deleted = house.Warehouse("SELECT time_entry_id FROM dw.fact_time_entry WHERE is_deleted").Single();
        var third = (At: house.Clock.GetUtcNow(), Make: (Action<TestExport>)(h => EditThird(h, deleted)));
        third.Make(house);
        await house.NightlyAsync();
        var fourth = (At: house.Clock.GetUtcNow(), Make: (Action<TestExport>)EditFourth);
        fourth.Make(house);
        await house.FullAsync();
        return [third, fourth];
    }

    private static void EditThird(TestExport house, string deleted)
    {
        house.World.Add(
            "time_tracking",
            new JsonObject
            {
                ["id"] = deleted,
                ["start"] = "2026-10-01T08:00:00Z",
                ["duration"] = 45,
            }
        );
        Edit(house, "Third");
    }

    private static void EditFourth(TestExport house)
    {
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[^2].Id);
        Edit(house, "Fourth");
    }

    internal static void Edit(TestExport house, string night)
    {
        foreach (var card in house.World.Records("card").Take(10).ToList())
            house.World.Edit(
                "card",
                card.Id,
                new JsonObject { ["name"] = $"{night} {card.Id}", ["end_date"] = "2026-11-20" }
            );
        foreach (var entry in house.World.Records("time_tracking").Take(20).ToList())
            house.World.Edit("time_tracking", entry.Id, new JsonObject { ["duration"] = night.Length });
        house.World.Edit("stage", house.World.Records("stage")[0].Id, new JsonObject { ["name"] = night });
    }

    internal static async Task<RollbackSummary> RollBackAsync(TestExport house, RunFolder target)
    {
        await using var runner = await house.OpenRunnerAsync();
        return await runner.RollbackAsync(target.RunId, CancellationToken.None);
    }

    /// <summary>Begins a rollback and dies when it begins its n-th step.</summary>
    internal static async Task DieAsync(TestExport house, RunFolder target, int steps)
    {
        var begun = 0;
        await FluentActions
            .Awaiting(async () =>
            {
                await using var runner = await house.OpenRunnerAsync(happened =>
                {
                    if (happened is RunEvent.Started { Phase: "rollback" } && ++begun == steps)
                        throw new SuddenDeathException();
                });
                await runner.RollbackAsync(target.RunId, CancellationToken.None);
            })
            .Should()
            .ThrowAsync<SuddenDeathException>();
    }

    private static async Task<ConsistentSet> ConsistentSetAsync(TestExport house)
    {
        await using var sinks = Sinks.Open(house.Settings, house.Clock);
        return (await sinks.Lake.ReadConsistentSetAsync(TestContext.Current.CancellationToken))!;
    }

    private static List<string> DataFiles(TestExport house) =>
        [.. Directory.GetFiles(house.In("lake"), "part-*", SearchOption.AllDirectories).Order()];

    /// <summary>Every file of the lake and of the work folder but those of the lock, with its bytes' checksum.</summary>
    internal static List<string> Files(TestExport house) =>
        [
            .. new[] { "lake", "work" }
                .SelectMany(folder => Directory.GetFiles(house.In(folder), "*", SearchOption.AllDirectories))
                .Where(file => !file.Contains("run.lock", StringComparison.Ordinal))
                .Order()
                .Select(file => $"{file} {Checksum.Of(File.ReadAllBytes(file))}"),
            .. house.Warehouse("SELECT run_id FROM etl.load ORDER BY 1"),
        ];

    /// <summary>Four nights of a house, what was in its sinks after two, and the edits between them.</summary>
    internal sealed record FourNights(
        TestExport House,
        State Before,
        IReadOnlyList<(DateTimeOffset At, Action<TestExport> Make)> Edits
    );

    /// <summary>All there is in the sinks, as text.</summary>
    internal sealed record State(
        Dictionary<string, List<string>> Lake,
        string Reads,
        List<string> Star,
        List<string> Journal
    )
    {
        private static readonly string[] JournalTables = ["load", "run", "load_table", "certificate", "drift"];

        /// <param name="without">Columns of the warehouse that are left out.</param>
        public static State Of(TestExport house, params string[] without)
        {
            var star = Catalog.Tables.Select(t =>
                $"SELECT concat_ws('|', '{t}', {string.Join(", ", t.Columns.Where(c => !without.Contains(c.Name)).Select(c => $"coalesce({c.Name}::VARCHAR, '-')"))}) FROM dw.{t}"
            );
            var rows = house.Warehouse($"{string.Join(" UNION ALL ", star)} ORDER BY 1");
            return new(
                Catalog.Tables.ToDictionary(t => t.Name, t => StrictDelta.Rows(house.In($"lake/{t}"))),
                JsonNode.Parse(File.ReadAllText(house.In("lake/lake.json")))!["reads"]!.ToJsonString(),
                rows,
                without.Length > 0
                    ? []
                    : house.Warehouse(
                        string.Join(" UNION ALL ", JournalTables.Select(t => $"SELECT t::VARCHAR FROM etl.{t} t"))
                            + " ORDER BY 1"
                    )
            );
        }

        public void ShouldBe(State other)
        {
            foreach (var (table, rows) in Lake)
                rows.Should().Equal(other.Lake[table], $"{table} in the lake must be what it was");
            Reads.Should().Be(other.Reads);
            Star.Should().Equal(other.Star, "the warehouse must be what it was");
            Journal.Should().Equal(other.Journal);
        }
    }
}
