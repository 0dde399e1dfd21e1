using System.Text.Json;
using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What a rollback tells.</summary>
[Trait("Tier", "scenario")]
public sealed class RollbackCommandTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_tells_where_the_sinks_are_and_what_the_next_run_reads_and_the_status_and_the_summary_say_so_too()
    {
        await using var server = await _place.StartVPlanAsync();
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var first = Runs().Single();
        server.World.Edit("card", server.World.Records("card")[0].Id, new JsonObject { ["name"] = "Wrong" });
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var second = Runs().Single(run => run != first);
        var asked = server.Requests.Count;

        var outcome = (
            await _place.InvokeAsync("rollback", "--to", first, "--summary", _place.PathOf("summary.md"))
        ).ShouldBe(ExitCode.Ok);

        outcome
            .Output.Should()
            .Contain($"rollback: the warehouse {_place.Warehouse} ({first})")
            .And.MatchRegex(
                $@"Back at {first}, the nightly run of [-\d]+ [:\d]+Z\.\nUndone: {second}\.\nThe next run reads what vPlan has changed since [-\d]+ [:\d]+Z\.\n\ntable +rows\n"
            )
            .And.MatchRegex(@"fact_time_entry +500\n");
        File.ReadAllText(_place.PathOf("summary.md"))
            .Should()
            .StartWith("# vplan-export rollback: done")
            .And.Contain($"Back at {first}, ")
            .And.Contain("| fact_time_entry | 500 |");
        (await _place.InvokeAsync("query", "SELECT count(*) AS wrong FROM dw.dim_card WHERE name = 'Wrong'"))
            .Output.Should()
            .MatchRegex("0");
        var status = JsonDocument.Parse((await _place.InvokeAsync("status", "--format", "json")).Output).RootElement;
        status
            .GetProperty("runs")
            .EnumerateArray()
            .Select(r => r.GetProperty("state").GetString())
            .Should()
            .Equal("rolled back", "committed");
        status
            .GetProperty("tables")
            .EnumerateArray()
            .Select(t => t.GetProperty("lastRun").GetString())
            .Should()
            .OnlyContain(run => run == first);

        var again = (await _place.InvokeAsync("rollback", "--to", first)).ShouldBe(ExitCode.Ok);

        again
            .Output.Should()
            .Contain($"There was nothing to undo: the last run is {first}, ")
            .And.NotContain("Undone: ");
        server.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task A_run_that_nobody_knows_is_refused_with_the_runs_there_are()
    {
        await using var server = await _place.StartVPlanAsync();
        (await _place.InvokeAsync("rollback", "--to", "20200101T000000Z-1"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("There is no committed run '20200101T000000Z-1'", "There is no run to go back to.");
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        (await _place.InvokeAsync("rollback", "--to", "20200101T000000Z-1"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("'20200101T000000Z-1'", $"Runs to go back to: {Runs().Single()}.");
    }

    [Fact]
    public async Task The_status_tells_of_a_rollback_that_was_interrupted()
    {
        await using var server = await _place.StartVPlanAsync();
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        File.WriteAllText(
            Path.Combine(_place.Work, "rollback.json"),
            $$"""{"ToRun":"{{Runs().Single()}}","At":"2026-10-07T01:00:00Z"}"""
        );

        (await _place.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain(
                $"warning: A rollback to run {Runs().Single()} was interrupted: the next command that writes finishes it."
            );

        (await _place.InvokeAsync("load"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain($"Going on with the rollback to run {Runs().Single()}, which was interrupted.");
        (await _place.InvokeAsync("status")).Output.Should().NotContain("rollback");
    }

    private IEnumerable<string> Runs() =>
        Directory.GetDirectories(Path.Combine(_place.Work, "runs")).Select(folder => Path.GetFileName(folder)!);
}
