using System.CommandLine.Parsing;
using System.Text.Json;
using VPlanExport.Commands;
using VPlanExport.Entities;
using VPlanExport.Model;
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
            .Lines[..^1]
            .Should()
            .OnlyContain(line => line.StartsWith("ok    ", StringComparison.Ordinal))
            .And.HaveCount(7 + Catalog.All.Count);
        outcome.Output.Should().ContainAll(Catalog.All.Select(e => $"ok    entity {e.Name}: "));
        outcome.Lines[^1].Trim().Should().Be($"{7 + Catalog.All.Count} of {7 + Catalog.All.Count} checks hold.");
        outcome.Output.Should().NotContain(CliHost.Key);
    }

    [Fact]
    public async Task Each_question_that_people_ask_is_answered_by_the_command_that_help_leads_to()
    {
        (await _place.InvokeBareAsync("--help")).Output.Should().Contain("  questions ");
        var questions = Question.All(new DateOnly(2026, 11, 16));
        var shown = (await _place.InvokeAsync("questions")).ShouldBe(ExitCode.Ok).Output;

        questions.Should().HaveCount(12);
        foreach (var (text, command) in questions)
        {
            if (!text.EndsWith("01?", StringComparison.Ordinal))
                shown.Should().Contain($"{text}{Environment.NewLine}  vplan-export ");
            var words = CommandLineParser.SplitCommandLine(command).Skip(1).ToArray();
            var answer = await _place.InvokeAsync(words[0] == "backfill" ? [.. words, "--entity", "activity"] : words);
            answer.ShouldBe(ExitCode.Ok).Output.Should().NotBeEmpty(command);
        }
        questions[4].Command.Should().Contain("'2026-W48'");
        questions[6].Command.Should().Contain("h.valid_from < '2026-11-02'");
        questions[9].Command.Should().Contain("--from 2026-07-01 --to 2026-09-30");
    }

    [Fact]
    public async Task A_check_counts_what_a_run_counts()
    {
        var check = (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);

        foreach (var entity in Catalog.All.Where(e => e.Endpoint.Archived != ArchivedRows.None))
            check.Output.Should().Contain($"entity {entity.Name}: {_server.World.Count(entity.Name):N0} rows");
    }

    [Fact]
    public async Task A_base_address_without_the_version_is_said_once()
    {
        var check = await _place.InvokeAsync(
            "check",
            "--set",
            $"VPlan:BaseUrl={_server.BaseUrl.GetLeftPart(UriPartial.Authority)}"
        );

        check
            .ShouldBe(ExitCode.Configuration)
            .Lines.Single(l => l.StartsWith("FAIL", StringComparison.Ordinal))
            .Should()
            .Contain($"Set it to {_server.BaseUrl}");
    }

    [Fact]
    public async Task Quiet_leaves_out_progress_and_verbose_shows_requests()
    {
        using var place = new CliHost { Clock = new ImpatientTime() };
        await using var server = await place.StartVPlanAsync();

        var verbose = (await place.InvokeAsync("run", "--entity", "board", "--verbose")).ShouldBe(ExitCode.Ok);
        var quiet = (await place.InvokeAsync("run", "--entity", "board", "--quiet")).ShouldBe(ExitCode.Ok);

        verbose.Output.Should().MatchRegex(@"request: board: 200 after [\d,]+ ms");
        quiet.Output.Should().BeEmpty();
        (await place.InvokeAsync("query", "SELECT 1 AS n", "--quiet", "--format", "csv")).Lines.Should().HaveCount(2);
        (await place.InvokeAsync("run", "--quiet", "--verbose"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--quiet", "--verbose");
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
            outcome.Lines[^1].Trim().Should().EndWith("checks failed: lake, entity user.");
            outcome.Output.Should().ContainAll("FAIL  lake: ", "FAIL  entity user: ", "ok    entity time_tracking: ");
        }
        finally
        {
            _server.Faults = FaultSchedule.None;
        }
    }
}
