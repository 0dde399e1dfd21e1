using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Commands for after a run: load, status and check.</summary>
[Trait("Tier", "scenario")]
public sealed class ExportedPlaceTests(ExportFixture exported) : IClassFixture<ExportFixture>
{
    private readonly CliHost _place = exported.Place;
    private readonly SandboxServer _server = exported.Server;

    [Theory]
    [InlineData("load")]
    [InlineData("load --all")]
    [InlineData("load --only lake")]
    public async Task A_run_that_is_already_there_is_not_applied_again(string line) =>
        (await _place.InvokeAsync(line.Split(' '))).ShouldBe(ExitCode.Ok).Output.Should().Contain("Nothing to apply");

    [Fact]
    public async Task A_run_that_nobody_knows_is_refused_with_the_runs_there_are() =>
        (await _place.InvokeAsync("load", "--run", "20000101T000000Z-1"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("'20000101T000000Z-1'", exported.RunId);

    [Fact]
    public async Task A_warehouse_that_was_removed_is_built_anew_without_a_request()
    {
        const string question =
            "SELECT (SELECT count(*) FROM dw.fact_time_entry) AS entries, (SELECT sum(minutes) FROM bi.time_entry) AS minutes";
        var before = await _place.InvokeAsync("query", question, "--format", "csv");
        var asked = _server.Requests.Count;
        File.Delete(_place.Warehouse);

        (await _place.InvokeAsync("load", "--all", "--only", "warehouse"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain($"{exported.RunId}: applied");

        (await _place.InvokeAsync("query", question, "--format", "csv"))
            .Output.Should()
            .Be(before.ShouldBe(ExitCode.Ok).Output);
        _server.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task The_status_tells_runs_watermarks_freshness_and_requests()
    {
        var outcome = (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok);

        outcome
            .Output.Should()
            .ContainAll(exported.RunId, "nightly run", "committed", "time_tracking", "fact_time_entry", "of 8000");
    }

    [Fact]
    public async Task The_status_as_json_holds_the_same()
    {
        var outcome = (await _place.InvokeAsync("status", "--format", "json")).ShouldBe(ExitCode.Ok);

        var status = JsonDocument.Parse(outcome.Output).RootElement;
        status.GetProperty("runs")[0].GetProperty("run").GetString().Should().Be(exported.RunId);
        status
            .GetProperty("watermarks")
            .EnumerateObject()
            .Select(w => w.Name)
            .Should()
            .BeEquivalentTo(Catalog.All.Select(e => e.Name));
        status
            .GetProperty("tables")
            .EnumerateArray()
            .Single(t => t.GetProperty("table").GetString() == "fact_time_entry")
            .GetProperty("rows")
            .GetInt64()
            .Should()
            .Be(_server.World.Count("time_tracking"));
        status.GetProperty("requestsUsedToday").GetInt32().Should().Be(_server.Requests.Count);
    }

    [Fact]
    public async Task The_status_before_the_first_run_says_what_to_do()
    {
        using var place = new CliHost();

        (await place.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("No run yet. Start one with: vplan-export run");
    }

    [Fact]
    public async Task A_check_is_a_line_a_thing()
    {
        var outcome = (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);

        outcome
            .Lines.Should()
            .OnlyContain(line => line.StartsWith("ok    ", StringComparison.Ordinal))
            .And.HaveCount(7 + Catalog.All.Count(e => e.Endpoint.Per is null));
        outcome.Output.Should().NotContain(CliHost.Key);
    }

    [Fact]
    public async Task A_check_goes_on_after_what_fails_and_ends_with_its_code()
    {
        _server.Faults = FaultSchedule.When(r => r.Path == "/user" ? FaultKind.Status403 : null);
        try
        {
            var outcome = (
                await _place.InvokeAsync("check", "--set", "Lake:Location=" + _place.PathOf("key.txt"))
            ).ShouldBe(ExitCode.Sink);

            outcome.Lines.Where(l => l.StartsWith("FAIL", StringComparison.Ordinal)).Should().HaveCount(2);
            outcome.Output.Should().ContainAll("FAIL  lake: ", "FAIL  entity user: ", "ok    entity time_tracking: ");
        }
        finally
        {
            _server.Faults = FaultSchedule.None;
        }
    }
}
