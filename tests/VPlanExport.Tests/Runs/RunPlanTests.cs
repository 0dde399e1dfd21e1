using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "unit")]
public sealed class RunPlanTests
{
    private static readonly DateTime Now = new(2026, 10, 7, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Yesterday = Now.AddDays(-1);

    public static TheoryData<RunKind, bool, long, string> Windows =>
        new()
        {
            { RunKind.Nightly, false, 0, "everything" },
            { RunKind.Nightly, true, 5_000, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02" },
            { RunKind.Nightly, true, 1_999, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02" },
            { RunKind.Nightly, true, 1_998, "everything: 2 requests, by parts 2" },
            { RunKind.Nightly, true, 1_000, "everything" },
            { RunKind.Full, true, 5_000, "everything" },
            { RunKind.Backfill, true, 5_000, "2026-09-01 to 2026-09-30" },
            { RunKind.Backfill, false, 0, "2026-09-01 to 2026-09-30" },
        };

    [Theory]
    [MemberData(nameof(Windows))]
    public void What_is_read_follows_from_the_request_and_the_last_manifest(
        RunKind kind,
        bool wasRead,
        long rows,
        string window
    )
    {
        var request =
            kind == RunKind.Backfill
                ? new RunRequest(kind, ["card"], new(2026, 9, 1), new(2026, 9, 30))
                : new RunRequest(kind, ["card"]);
        var last = Manifest(new EntityState(wasRead ? Yesterday : null, rows, Cards.Entity.SchemaHash, Yesterday));

        var plan = RunPlan.Make(request, last, Now, 7, Settings, Catalog.All);

        plan.Windows.Should()
            .ContainSingle()
            .Which.Should()
            .Match<KeyValuePair<string, Window>>(w => w.Key == "card" && w.Value.ToString() == window);
        plan.StartedAt.Should().Be(Now);
    }

    [Theory]
    [InlineData(RunKind.Sweep, 0, 5_000, true)]
    [InlineData(RunKind.Sweep, 0, 1_000, false)]
    [InlineData(RunKind.Nightly, 6, 5_000, false)]
    [InlineData(RunKind.Nightly, 7, 1_000, false)]
    [InlineData(RunKind.Full, 7, 5_000, false)]
    [InlineData(RunKind.Backfill, 7, 5_000, false)]
    [InlineData(RunKind.Nightly, 7, 10_000_000, true)]
    [InlineData(RunKind.Nightly, null, 10_000_000, true)]
    [InlineData(RunKind.Nightly, 6, 10_000_000, false)]
    public void An_entity_that_is_not_read_whole_is_swept_when_it_is_asked_for_or_a_week_has_passed(
        RunKind kind,
        int? daysAgo,
        long rows,
        bool isSwept
    )
    {
        var request = new RunRequest(kind, ["card"], new(2026, 9, 1), new(2026, 9, 30));
        var last = Manifest(
            new EntityState(
                Yesterday,
                rows,
                Cards.Entity.SchemaHash,
                daysAgo is { } days ? Now.AddDays(-days).AddHours(2) : null
            )
        );

        RunPlan
            .Make(request, last, Now, 7, Settings, Catalog.All)
            .Sweeps.Should()
            .BeEquivalentTo(isSwept ? ["card"] : Array.Empty<string>());
    }

    /// <summary>Page size 1,000; whole: pages that share a row, and a look at the newest end; parts: a look, the lookback's pages, 29 ids a question.</summary>
    [Theory]
    [InlineData("card", 5_000, 1_800, 3_000, 1, "everything: 6 requests, by parts 107")]
    [InlineData("card", 5_000, 1_800, 4_000, 1, "everything: 6 requests, by parts 107")]
    [InlineData("card", 100_000, 3_000, 500, 1, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02")]
    [InlineData("card", 100_000, 3_000, 3_000, 1, "everything: 101 requests, by parts 109")]
    [InlineData("card", 100_000, 3_000, 500, 7, "everything: 101 requests, by parts 124")]
    [InlineData("time_tracking", 250_000, 0, 0, 6, "changed since 2026-10-06T00:45:00Z")]
    [InlineData("time_tracking", 250_000, 0, 0, 7, "everything: 251 requests, by parts 252")]
    [InlineData("time_tracking", 5_000_000, 0, 0, 7, "changed since 2026-10-06T00:45:00Z")]
    [InlineData("resource", 5_000, 0, 0, 6, "changed since 2026-10-06T00:45:00Z")]
    [InlineData("resource", 5_000, 0, 0, 7, "everything: 7 requests, by parts 9")]
    public void What_costs_as_many_requests_by_its_parts_is_read_whole(
        string entity,
        long rows,
        long recent,
        long open,
        int daysSinceSweep,
        string window
    )
    {
        var last = Manifest(Read(entity, rows, daysSinceSweep), entity);
        var counts = new PlanCounts(
            8_000,
            new Dictionary<string, LookbackCounts> { [entity] = new(rows, recent, open) }
        );

        var plan = RunPlan.Make(
            new RunRequest(RunKind.Nightly, [entity]),
            last,
            Now,
            7,
            Settings,
            Catalog.All,
            counts: counts
        );

        plan.Windows[entity].ToString().Should().Be(window);
    }

    [Fact]
    public void Order_rows_that_come_a_request_an_order_are_not_read_for_all_orders()
    {
        var last = Manifest(Read("order", 5_000, 7) with { Relations = [] }, "order");

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["order"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["order"].Should().BeOfType<Window.Since>();
        plan.Sweeps.Should().Equal("order");
    }

    [Fact]
    public void Pages_that_vPlan_only_bears_when_they_are_small_count_as_such()
    {
        var last = Manifest(Read("time_tracking", 50_000, 7) with { PageRows = 125 }, "time_tracking");

        var plan = RunPlan.Make(
            new RunRequest(RunKind.Nightly, ["time_tracking"]),
            last,
            Now,
            7,
            Settings,
            Catalog.All
        );

        plan.Windows["time_tracking"].Should().BeOfType<Window.Since>("400 pages of rows cost more than 50 of ids");
    }

    [Fact]
    public void No_nightly_plans_more_requests_than_a_full_run()
    {
        var random = new Random(12);
        for (var turn = 0; turn < 2_000; turn++)
        {
            var settings = Settings with { VPlan = Settings.VPlan with { PageSize = random.Next(2, 1001) } };
            var counts = new PlanCounts(int.MaxValue, Catalog.All.ToDictionary(e => e.Name, _ => Counts(random)));
            var states = Catalog.All.ToDictionary(
                e => e.Name,
                e =>
                    Read(e.Name, counts.Lookbacks[e.Name].Live, random.Next(9)) with
                    {
                        PageRows = random.Next(3) == 0 ? random.Next(1, 1001) : null,
                        ExtraRequests = random.Next(3),
                    }
            );

            var plan = RunPlan.Make(
                new RunRequest(RunKind.Nightly, []),
                Manifest(states),
                Now,
                7,
                settings,
                Catalog.All,
                counts: counts
            );

            foreach (var (name, _) in plan.Windows.Where(w => w.Value is Window.Since))
            {
                var estimate = new RequestEstimate(Catalog.Named(name), states[name], counts.Lookbacks[name], settings);
                (estimate.Parts + (plan.Sweeps.Contains(name) ? estimate.Sweep : 0))
                    .Should()
                    .BeLessThan(
                        estimate.Whole,
                        $"{name} {states[name]} {counts.Lookbacks[name]} at {settings.VPlan.PageSize}"
                    );
            }
        }
    }

    private static LookbackCounts Counts(Random random)
    {
        var live = (long)Math.Pow(10, random.NextDouble() * 6);
        var recent = random.NextInt64(live + 1);
        return new LookbackCounts(live, recent, random.NextInt64(live - recent + 1));
    }

    private static EntityState Read(string entity, long rows, int daysSinceSweep) =>
        new(Yesterday, rows, Catalog.Named(entity).SchemaHash, Now.AddDays(-daysSinceSweep).AddHours(2))
        {
            Relations = ["order_rows"],
        };

    [Fact]
    public void An_entity_whose_tables_are_declared_differently_since_is_read_whole()
    {
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.SchemaHash + 1));

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["card"].Should().BeOfType<Window.Full>();
    }

    [Theory]
    [InlineData("Pacific/Auckland", "everything")]
    [InlineData("a zone that this machine does not know", "everything")]
    [InlineData("Europe/Amsterdam", "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02")]
    [InlineData("W. Europe Standard Time", "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02")]
    [InlineData(null, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02")]
    public void An_entity_whose_rows_were_dated_in_another_zone_is_read_whole(string? zone, string window)
    {
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.SchemaHash, Yesterday) { Zone = zone });

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["card"].ToString().Should().Be(window);
        plan.Zone.Should().Be("Europe/Amsterdam");
    }

    [Fact]
    public void A_watermark_from_the_beginning_of_time_reads_from_there()
    {
        var last = Manifest(new EntityState(DateTime.MinValue, 5_000, Cards.Entity.SchemaHash, Yesterday));

        RunPlan
            .Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All)
            .Windows["card"]
            .As<Window.Since>()
            .Utc.Should()
            .Be(DateTime.MinValue);
    }

    [Fact]
    public void An_entity_that_was_read_at_a_time_still_to_come_is_read_whole()
    {
        var last = Manifest(new EntityState(Now.AddSeconds(1), 5_000, Cards.Entity.SchemaHash));

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["card"].Should().BeOfType<Window.Full>("vPlan's clock was set back");
    }

    [Fact]
    public void Without_a_manifest_everything_is_read_in_the_catalogs_order()
    {
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, []), null, Now, 0, Settings, Catalog.All);
        plan.Windows.Keys.Should().Equal(Catalog.All.Select(e => e.Name));
        plan.Windows.Where(w => w.Value is not Window.Full)
            .Should()
            .ContainSingle()
            .Which.Should()
            .Be(
                new KeyValuePair<string, Window>(
                    "stage_capacity",
                    new Window.Range(new DateOnly(2026, 7, 7), new DateOnly(2027, 10, 7), Settings.TimeZone)
                ),
                "vPlan computes it for days that one asks for"
            );
    }

    [Theory]
    [InlineData(0, 1_791_334_800)]
    [InlineData(1_791_334_799, 1_791_334_800)]
    [InlineData(1_791_334_800, 1_791_334_801)]
    [InlineData(9_000_000_000, 9_000_000_001)]
    public void A_sequence_is_always_larger_than_the_last(long last, long expected)
    {
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, []), null, Now, last, Settings, Catalog.All);
        plan.Sequence.Should().Be(expected);
        plan.RunId.Should().Be($"20261007T010000Z-{expected}");
    }

    [Fact]
    public void The_same_request_is_known_whatever_the_order_of_its_entities()
    {
        var request = new RunRequest(RunKind.Nightly, ["card", "board"]);
        request.IsSameAs(new RunRequest(RunKind.Nightly, ["board", "card"])).Should().BeTrue();
        request.IsSameAs(new RunRequest(RunKind.Full, ["board", "card"])).Should().BeFalse();
        request.IsSameAs(new RunRequest(RunKind.Nightly, [])).Should().BeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 30)]
    [InlineData(90, 35)]
    public void A_watermark_waits_for_a_relation_that_vPlan_did_not_load_but_not_for_ever(int daysLost, int daysBack)
    {
        var last = Manifest(
            new EntityState(Now.AddDays(-daysLost), 5_000, Cards.Entity.SchemaHash)
            {
                Relations = ["labels", "activities"],
            }
        );
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        After(plan, last, loaded: ["activities"])
            .Should()
            .BeEquivalentTo(new { Watermark = Now.AddDays(-daysBack), Relations = new[] { "labels", "activities" } });
        After(plan, last, loaded: ["activities", "labels", "stage"])
            .Should()
            .BeEquivalentTo(new { Watermark = Now, Relations = new[] { "labels", "activities", "stage" } });
    }

    [Theory]
    [InlineData(48, 0, 0)]
    [InlineData(-48, 0, -48)]
    [InlineData(48, -3, -3)]
    [InlineData(null, 0, 0)]
    public void A_watermark_is_the_earlier_of_the_clocks(int? vplan, int first, int expected)
    {
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.SchemaHash));
        var plan = RunPlan.Make(
            new RunRequest(RunKind.Nightly, ["card"]),
            last,
            Now,
            7,
            Settings,
            Catalog.All,
            vplan is { } hours ? Now.AddHours(hours) : null
        );

        plan.StartedAt.Should().Be(Now);
        After(plan, last, [], Now.AddHours(first)).Watermark.Should().Be(Now.AddHours(expected));
        After(plan with { ChangesUntil = null }, last, [], Now.AddHours(first))
            .Watermark.Should()
            .Be(Now.AddHours(first), "a plan of an older version has one clock");
    }

    [Fact]
    public void A_watermark_at_the_first_moment_there_is_reads_everything_that_changed()
    {
        var plan = RunPlan.Make(
            new RunRequest(RunKind.Nightly, ["card"]),
            Manifest(new EntityState(DateTime.MinValue, 5_000, Cards.Entity.SchemaHash, Yesterday)),
            Now,
            7,
            Settings,
            Catalog.All,
            DateTime.MinValue
        );
        plan.Windows["card"].Should().BeOfType<Window.Since>().Which.Utc.Should().Be(DateTime.MinValue);
    }

    private static EntityState After(RunPlan plan, RunManifest last, string[] loaded, DateTime? firstDate = null) =>
        RunManifest
            .Of(
                plan,
                last,
                new Dictionary<string, LandedEntity>
                {
                    ["card"] = new LandedEntity("card", plan.Windows["card"])
                    {
                        Loaded = loaded,
                        FirstDate = firstDate,
                    },
                },
                new TransformResult(
                    [],
                    new Dictionary<string, EntityTotals> { ["card"] = new(0, 0, 0, 0) },
                    new Dictionary<string, long>(),
                    new Dictionary<string, long>(),
                    new Dictionary<string, long>(),
                    default,
                    default
                ),
                new Dictionary<string, long>(),
                new LoadResult(false, []),
                Now
            )
            .Entities["card"];

    private static Settings Settings => SettingsReader.Read(Path.GetTempPath(), []);

    private static RunManifest Manifest(EntityState state, string entity = "card") =>
        Manifest(new Dictionary<string, EntityState> { [entity] = state });

    private static RunManifest Manifest(Dictionary<string, EntityState> states) =>
        new(
            "20261006T010000Z-7",
            7,
            new RunRequest(RunKind.Nightly, []),
            Yesterday,
            Yesterday,
            states,
            new Dictionary<string, LandedEntity>(),
            null!,
            new Dictionary<string, long>(),
            null!,
            false,
            0
        );
}
