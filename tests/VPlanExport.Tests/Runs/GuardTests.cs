using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

public sealed class GuardTests
{
    [Fact]
    public async Task A_few_bad_rows_are_set_aside_and_counted()
    {
        await using var house = await House.OpenAsync();
        Spoil(house, 5);

        var summary = await house.NightlyAsync();

        summary.Tables.Single(t => t.Table == "fact_time_entry").Rejected.Should().Be(5);
        summary.Warnings.Should().Contain(w => w.Contains("5 rows were rejected", StringComparison.Ordinal));
        house.SinksAgree();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry").Should().Equal("495");
        var run = house.AllRuns.Single();
        File.ReadAllLines(Path.Combine(run.Store.Location, "rows", "rejects.csv")).Should().HaveCount(6);
    }

    [Fact]
    public async Task Too_many_bad_rows_publish_nothing_and_the_next_run_starts_over()
    {
        await using var house = await House.OpenAsync();
        var spoiled = Spoil(house, 30);

        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<ContractException>().WithMessage("*time_tracking*Nothing was published*");

        Directory.Exists(house.In("lake/fact_time_entry")).Should().BeFalse();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry").Should().Equal("0");
        (await house.AllRuns.Single().PhaseAsync(CancellationToken.None)).Should().Be(RunPhase.Refused);
        foreach (var id in spoiled)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "2026-10-01T08:00:00Z" });
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_full_read_that_lost_a_large_part_is_refused()
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        foreach (var entry in house.World.Records("time_tracking").Take(60))
            house.World.Delete("time_tracking", entry.Id);

        await FluentActions.Awaiting(() => house.FullAsync()).Should().ThrowAsync<RefusedException>()
            .WithMessage("Entity time_tracking: of the 500 rows that there are, vPlan no longer gives 60; they would be deleted, and 50 are allowed*Nothing was published*--allow-deletes 60. Their ids: *-*-*, * and 40 more");

        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 60 } };
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_run_that_a_sink_has_and_no_manifest_tells_of_makes_the_next_one_read_everything()
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        await house.NightlyAsync();
        await house.Runs.DeleteAsync(house.AllRuns[^1], CancellationToken.None);

        var summary = await house.NightlyAsync();

        summary.Entities.Where(e => e.Entity != "stage_capacity").Should().OnlyContain(e => e.Window == "everything");
        await house.BothSinksEqualVPlanAsync();
    }

    private static List<string> Spoil(House house, int count)
    {
        var ids = house.World.Records("time_tracking").Take(count).Select(e => e.Id).ToList();
        foreach (var id in ids)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "not a date" });
        return ids;
    }
}
