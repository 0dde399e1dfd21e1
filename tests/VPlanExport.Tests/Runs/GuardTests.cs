using System.Text.Json.Nodes;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class GuardTests
{
    [Fact]
    public async Task A_few_bad_rows_are_set_aside_and_counted()
    {
        await using var house = await TestExport.OpenAsync();
        Spoil(house, 5);

        var summary = await house.NightlyAsync();

        summary.Tables.Single(t => t.Table == "fact_time_entry").Rejected.Should().Be(5);
        summary.Warnings.Should().Contain(w => w.Contains("5 rows were rejected", StringComparison.Ordinal));
        await house.SinksAgreeAsync();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry").Should().Equal("495");
        var run = (await house.AllRunsAsync()).Single();
        File.ReadAllLines(Path.Combine(run.Store.Location, "rows", "rejects.csv")).Should().HaveCount(6);
    }

    [Fact]
    public async Task Too_many_bad_rows_publish_nothing_and_the_next_run_starts_over()
    {
        await using var house = await TestExport.OpenAsync();
        var spoiled = Spoil(house, 30);

        await FluentActions
            .Awaiting(() => house.NightlyAsync())
            .Should()
            .ThrowAsync<ContractException>()
            .WithMessage("*time_tracking*Nothing was published*");

        Directory.Exists(house.In("lake/fact_time_entry")).Should().BeFalse();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry").Should().Equal("0");
        (await (await house.AllRunsAsync()).Single().PhaseAsync(CancellationToken.None)).Should().Be(RunPhase.Refused);
        foreach (var id in spoiled)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "2026-10-01T08:00:00Z" });
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_full_read_that_lost_a_large_part_is_refused()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        foreach (var entry in house.World.Records("time_tracking").Take(60))
            house.World.Delete("time_tracking", entry.Id);

        await FluentActions
            .Awaiting(() => house.FullAsync())
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(
                "Entity time_tracking: of the 500 rows that there are, vPlan no longer gives 60; they would be deleted, and 50 are allowed*Nothing was published*--allow-deletes 60. Their ids: *-*-*, * and 40 more"
            );

        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 60 } };
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task No_read_takes_more_than_half_of_a_table_without_a_question()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { MinDeletes = 1000 } };
        await house.NightlyAsync("time_tracking");
        foreach (var entry in house.World.Records("time_tracking").Take(251).ToList())
            house.World.Delete("time_tracking", entry.Id);
        const string message =
            "Entity time_tracking: of the 500 rows*no longer gives 251*250 are allowed (half of a table of 20 rows or more). Nothing was published*--allow-deletes 251.*";

        await FluentActions
            .Awaiting(() => house.FullAsync("time_tracking"))
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(message);
        await FluentActions
            .Awaiting(() => house.SweepAsync("time_tracking"))
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(message);
        await FluentActions
            .Awaiting(() => house.BackfillAsync("2020-01-01", "2027-12-31", "time_tracking"))
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(message);
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 1000 } };
        await FluentActions
            .Awaiting(() => house.NightlyAsync("time_tracking"))
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage(message);

        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("0");
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 251 } };
        await house.NightlyAsync("time_tracking");
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted").Should().Equal("251");
    }

    [Theory]
    [InlineData(20, 10, false)]
    [InlineData(20, 11, true)]
    [InlineData(19, 19, false)]
    [InlineData(21, 11, true)]
    public void Half_of_a_small_table_may_go(int rows, int gone, bool isRefused)
    {
        var guard = new DeleteGuard(null!, SettingsReader.Read(Path.GetTempPath(), []).Runs);

        var check = () => guard.Check(Items.Entity, rows, [.. Enumerable.Range(0, gone).Select(i => $"{i}")]);

        if (isRefused)
            check.Should().Throw<RefusedException>().WithMessage("Entity item*");
        else
            check.Should().NotThrow();
    }

    [Fact]
    public async Task Lists_by_person_that_come_empty_for_a_night_take_nothing_with_them()
    {
        await using var house = await TestExport.OpenAsync();
        await house.NightlyAsync("resource", "schedule");
        var days = house.Warehouse("SELECT count(*) FROM dw.fact_resource_day");
        foreach (var day in house.World.Records("schedule").ToList())
            house.World.Delete("schedule", day.Id);

        await FluentActions
            .Awaiting(() => house.NightlyAsync("resource", "schedule"))
            .Should()
            .ThrowAsync<RefusedException>()
            .WithMessage("Entity schedule: of the * rows*half of a table of 20 rows or more*");

        house.Warehouse("SELECT count(*) FROM dw.fact_resource_day WHERE NOT is_deleted").Should().Equal(days);
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { AllowedDeletes = 1_000_000 } };
        await house.FullAsync("resource", "schedule");
        house.Warehouse("SELECT count(*) FROM dw.fact_resource_day WHERE NOT is_deleted").Should().Equal("0");
    }

    [Fact]
    public async Task A_run_that_a_sink_has_and_no_manifest_tells_of_makes_the_next_one_read_everything()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.NightlyAsync();
        await house.Runs.DeleteAsync((await house.AllRunsAsync())[^1], CancellationToken.None);

        var summary = await house.NightlyAsync();

        summary.Entities.Where(e => e.Entity != "stage_capacity").Should().OnlyContain(e => e.Window == "everything");
        await house.BothSinksEqualVPlanAsync();
    }

    private static List<string> Spoil(TestExport house, int count)
    {
        var ids = house.World.Records("time_tracking").Take(count).Select(e => e.Id).ToList();
        foreach (var id in ids)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "not a date" });
        return ids;
    }
}
