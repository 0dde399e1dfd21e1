using System.Text.Json.Nodes;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Commands;
using VPlanExport.Tests.Support;
using VPlanExport.Tests.Upgrades;

namespace VPlanExport.Tests.Runs;

/// <summary>Data knows whose it is, and never comes to that of another environment.</summary>
[Trait("Tier", "scenario")]
public sealed class EnvironmentTests
{
    private const string Name = "Metaalwerken De Vries B.V.";

    [Fact]
    public async Task Lake_runs_and_warehouse_keep_the_environments_id_and_name()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();

        LakeOf(house).Should().Be(("sandbox", Name));
        (await house.ManifestAsync()).Environment.Should().Be(new VPlanEnvironment("sandbox", Name));
        house
            .Warehouse("SELECT environment_id || '/' || environment_name FROM etl.run")
            .Should()
            .Equal($"sandbox/{Name}");
    }

    [Theory]
    [InlineData("lake", "run")]
    [InlineData("lake", "load")]
    [InlineData("lake", "backfill --from 2026-10-01 --to 2026-10-31 --dry-run")]
    [InlineData("work folder", "run")]
    [InlineData("work folder", "verify")]
    [InlineData("warehouse", "run")]
    public async Task Another_environment_is_refused_by_name_before_a_row_is_read(string place, string line)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        foreach (
            var other in new[] { "lake", "work", "warehouse.duckdb" }.Where(o =>
                !place.StartsWith(o.Split('.')[0], StringComparison.Ordinal)
            )
        )
            house.Remove(other);
        var asked = house.VPlan.Requests.Count;
        NameAnother(house);

        (await house.InvokeAsync(line.Split(' ')))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"This {place} holds '{Name}'", "VPlan:ApiEnv now names 'other'", "Lake:Location");

        house.VPlan.Requests.Should().HaveCount(asked);
    }

    [Theory]
    [InlineData("lake", true)]
    [InlineData("work folder", true)]
    [InlineData("warehouse", true)]
    [InlineData("work folder", false)]
    public async Task Without_an_id_another_environment_is_known_by_the_name_that_vPlan_gives(
        string place,
        bool isCommitted
    )
    {
        const string Others = "Houtbouw Jansen B.V.";
        await using var own = await ConnectedAsync(null);
        if (!isCommitted)
            own.VPlan.Faults = FaultSchedule.When(r => r.Path == "/board" ? FaultKind.Status500 : null);
        (await own.InvokeAsync("run", "--entity", "board")).ShouldBe(
            isCommitted ? ExitCode.Ok : ExitCode.SourceUnavailable
        );
        await using var other = await ConnectedAsync(
            Others,
            place switch
            {
                "lake" => $"Lake:Location={own.Host.Lake}",
                "warehouse" => $"Warehouse:ConnectionString=Data Source={own.Host.Warehouse}",
                _ => $"Runs:WorkFolder={own.Host.Work}",
            }
        );

        (await other.InvokeAsync("run", "--entity", "board"))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"This {place} holds '{Name}'", $"vPlan was connected to '{Others}'", "No row was read");

        other.VPlan.Requests.Should().NotContain(r => r.PathAndQuery.StartsWith("/board", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_is_not_resumed_for_another_environment()
    {
        await using var house = await TestExport.OpenAsync();
        await house.DiesAtAsync(e => e is RunEvent.Read, new RunRequest(RunKind.Nightly, []));
        NameAnother(house);

        (await house.InvokeAsync("run"))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"This work folder holds '{Name}'", "VPlan:ApiEnv now names 'other'");
    }

    [Fact]
    public async Task Check_and_status_tell_of_another_environment()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        NameAnother(house);

        var check = (await house.InvokeAsync("check")).ShouldBe(ExitCode.Configuration);
        var status = (await house.InvokeAsync("status")).ShouldBe(ExitCode.Ok);

        check
            .Output.Should()
            .ContainAll(
                "FAIL  last run: This work folder holds",
                "FAIL  lake: This lake holds",
                "FAIL  warehouse: This warehouse holds"
            );
        status.Output.Should().Contain($"warning: This work folder holds '{Name}'");
    }

    [Fact]
    public async Task The_same_id_in_capitals_is_the_same_environment()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { ApiEnv = "SANDBOX" } };

        (await house.InvokeAsync("load")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task State_of_an_earlier_version_takes_the_environment_of_its_next_run()
    {
        await using var house = await KeptState.OpenAsync();
        (await house.InvokeAsync("load")).ShouldBe(ExitCode.Ok);
        LakeOf(house).Should().Be((null, null));

        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        LakeOf(house).Should().Be(("sandbox", Name));
        house
            .Warehouse("SELECT DISTINCT environment_id FROM etl.run WHERE environment_id IS NOT NULL")
            .Should()
            .Equal("sandbox");
        NameAnother(house);
        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Configuration).Naming($"This lake holds '{Name}'");
    }

    [Fact]
    public async Task A_rollback_leaves_the_lake_its_environment()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var first = (await house.ManifestAsync()).RunId;
        await house.NightlyAsync("board");

        (await house.InvokeAsync("rollback", "--to", first)).ShouldBe(ExitCode.Ok);

        LakeOf(house).Should().Be(("sandbox", Name));
    }

    /// <summary>A place that signs in by OAuth and names no environment.</summary>
    /// <param name="name">What its vPlan calls the environment; the usual name where it is null.</param>
    private static async Task<ConnectedPlace> ConnectedAsync(string? name, params string[] settings)
    {
        var place = await ConnectedPlace.OpenAsync(environment: name);
        place.Host.Settings.AddRange(["VPlan:ApiEnv=", .. settings]);
        (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);
        return place;
    }

    private static void NameAnother(TestExport house) =>
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { ApiEnv = "other" } };

    private static (string?, string?) LakeOf(TestExport house)
    {
        var environment = JsonNode.Parse(File.ReadAllText(house.In("lake/lake.json")))!["environment"];
        return ((string?)environment?["id"], (string?)environment?["name"]);
    }
}
