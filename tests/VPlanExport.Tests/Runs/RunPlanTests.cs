using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Runs;
using VPlanExport.Transformers;

namespace VPlanExport.Tests.Runs;

public sealed class RunPlanTests
{
    private static readonly DateTime Now = new(2026, 10, 7, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Yesterday = Now.AddDays(-1);

    public static TheoryData<RunKind, bool, long, string> Windows => new()
    {
        { RunKind.Nightly, false, 0, "everything" },
        { RunKind.Nightly, true, 5_000, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02" },
        { RunKind.Nightly, true, 1_001, "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02" },
        { RunKind.Nightly, true, 1_000, "everything" },
        { RunKind.Full, true, 5_000, "everything" },
        { RunKind.Backfill, true, 5_000, "2026-09-01 to 2026-09-30" },
        { RunKind.Backfill, false, 0, "2026-09-01 to 2026-09-30" },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void What_is_read_follows_from_the_request_and_the_last_manifest(RunKind kind, bool wasRead, long rows, string window)
    {
        var request = kind == RunKind.Backfill ? new RunRequest(kind, ["card"], new(2026, 9, 1), new(2026, 9, 30)) : new RunRequest(kind, ["card"]);
        var last = Manifest(new EntityState(wasRead ? Yesterday : null, rows, Cards.Entity.Shape));

        var plan = RunPlan.Make(request, last, Now, 7, Settings, Catalog.All);

        plan.Windows.Should().ContainSingle().Which.Should().Match<KeyValuePair<string, Window>>(w => w.Key == "card" && w.Value.ToString() == window);
        plan.StartedAt.Should().Be(Now);
    }

    [Theory]
    [InlineData(RunKind.Sweep, 0, 5_000, true)]
    [InlineData(RunKind.Sweep, 0, 1_000, false)]
    [InlineData(RunKind.Nightly, 6, 5_000, false)]
    [InlineData(RunKind.Nightly, 7, 5_000, true)]
    [InlineData(RunKind.Nightly, 7, 1_000, false)]
    [InlineData(RunKind.Nightly, null, 5_000, true)]
    [InlineData(RunKind.Full, 7, 5_000, false)]
    [InlineData(RunKind.Backfill, 7, 5_000, false)]
    public void An_entity_that_is_not_read_whole_is_swept_when_it_is_asked_for_or_a_week_has_passed(RunKind kind, int? daysAgo, long rows, bool isSwept)
    {
        var request = new RunRequest(kind, ["card"], new(2026, 9, 1), new(2026, 9, 30));
        var last = Manifest(new EntityState(Yesterday, rows, Cards.Entity.Shape, daysAgo is { } days ? Now.AddDays(-days).AddHours(2) : null));

        RunPlan.Make(request, last, Now, 7, Settings, Catalog.All).Sweeps.Should().BeEquivalentTo(isSwept ? ["card"] : Array.Empty<string>());
    }

    [Fact]
    public void An_entity_whose_tables_are_declared_differently_since_is_read_whole()
    {
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.Shape + 1));

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
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.Shape) { Zone = zone });

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["card"].ToString().Should().Be(window);
        plan.Zone.Should().Be("Europe/Amsterdam");
    }

    [Fact]
    public void A_watermark_from_the_beginning_of_time_reads_from_there()
    {
        var last = Manifest(new EntityState(DateTime.MinValue, 5_000, Cards.Entity.Shape));

        RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All).Windows["card"].As<Window.Since>().Utc.Should().Be(DateTime.MinValue);
    }

    [Fact]
    public void An_entity_that_was_read_at_a_time_still_to_come_is_read_whole()
    {
        var last = Manifest(new EntityState(Now.AddSeconds(1), 5_000, Cards.Entity.Shape));

        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        plan.Windows["card"].Should().BeOfType<Window.Full>("vPlan's clock was set back");
    }

    [Fact]
    public void Without_a_manifest_everything_is_read_in_the_catalogs_order()
    {
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, []), null, Now, 0, Settings, Catalog.All);
        plan.Windows.Keys.Should().Equal(Catalog.All.Select(e => e.Name));
        plan.Windows.Where(w => w.Value is not Window.Full).Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, Window>("stage_capacity", new Window.Range(new DateOnly(2026, 7, 7), new DateOnly(2027, 10, 7), Settings.TimeZone)), "vPlan computes it for days that one asks for");
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
        var last = Manifest(new EntityState(Now.AddDays(-daysLost), 5_000, Cards.Entity.Shape) { Relations = ["labels", "activities"] });
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All);

        After(plan, last, loaded: ["activities"]).Should().BeEquivalentTo(new { Watermark = Now.AddDays(-daysBack), Relations = new[] { "labels", "activities" } });
        After(plan, last, loaded: ["activities", "labels", "stage"]).Should().BeEquivalentTo(new { Watermark = Now, Relations = new[] { "labels", "activities", "stage" } });
    }

    [Theory]
    [InlineData(48, 0, 0)]
    [InlineData(-48, 0, -48)]
    [InlineData(48, -3, -3)]
    [InlineData(null, 0, 0)]
    public void A_watermark_is_the_earlier_of_the_clocks(int? vplan, int first, int expected)
    {
        var last = Manifest(new EntityState(Yesterday, 5_000, Cards.Entity.Shape));
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), last, Now, 7, Settings, Catalog.All, vplan is { } hours ? Now.AddHours(hours) : null);

        plan.StartedAt.Should().Be(Now);
        After(plan, last, [], Now.AddHours(first)).Watermark.Should().Be(Now.AddHours(expected));
        After(plan with { ChangesUntil = null }, last, [], Now.AddHours(first)).Watermark.Should().Be(Now.AddHours(first), "a plan of an older version has one clock");
    }

    [Fact]
    public void A_watermark_at_the_first_moment_there_is_reads_everything_that_changed()
    {
        var plan = RunPlan.Make(new RunRequest(RunKind.Nightly, ["card"]), Manifest(new EntityState(DateTime.MinValue, 5_000, Cards.Entity.Shape)), Now, 7, Settings, Catalog.All, DateTime.MinValue);
        plan.Windows["card"].Should().BeOfType<Window.Since>().Which.Utc.Should().Be(DateTime.MinValue);
    }

    private static EntityState After(RunPlan plan, RunManifest last, string[] loaded, DateTime? firstDate = null) => RunManifest.Of(
        plan, last, new Dictionary<string, EntityExtract> { ["card"] = new EntityExtract("card", plan.Windows["card"]) { Loaded = loaded, FirstDate = firstDate } },
        new TransformResult([], new Dictionary<string, EntityCounts> { ["card"] = new(0, 0, 0, 0) }, new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>(), default, default),
        new Dictionary<string, long>(), new WarehouseLoad(false, []), Now).Entities["card"];

    private static Settings Settings => SettingsReader.Read(Path.GetTempPath(), []);

    private static RunManifest Manifest(EntityState state) => new(
        "20261006T010000Z-7", 7, new RunRequest(RunKind.Nightly, []), Yesterday, Yesterday, new Dictionary<string, EntityState> { ["card"] = state },
        new Dictionary<string, EntityExtract>(), null!, new Dictionary<string, long>(), null!, false, 0);
}
