using System.Text.Json.Nodes;
using VPlanExport.Runs.Starts;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Every start of a command that works leaves a trace, also one that never reached a run.</summary>
[Trait("Tier", "scenario")]
public sealed class StartTraceTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("run --set VPlan:PageSize=0", "run", "VPlan:PageSize is '0'")]
    [InlineData("run --fulll", "run", "--fulll")]
    [InlineData("run --set VPlan:ApiKeyFile=nowhere.txt", "run", "VPlan:ApiKeyFile")]
    [InlineData("backfill --from 2026-10-31 --to 2026-10-01", "backfill", "--from 2026-10-31 is after")]
    [InlineData("load --run 20000101T000000Z-1", "load", "20000101T000000Z-1")]
    [InlineData("rollback --to 20000101T000000Z-1", "rollback", "20000101T000000Z-1")]
    public async Task A_start_that_fails_is_journalled_and_keeps_what_it_said(string line, string command, string said)
    {
        (await _place.InvokeAsync(line.Split(' '))).ShouldBe(ExitCode.Configuration);

        var start = Starts().Should().ContainSingle().Subject;
        ((string)start["Command"]!).Should().Be(command);
        ((int)start["ExitCode"]!).Should().Be(2);
        ((string)start["Message"]!).Should().Contain(said);
        ((DateTime?)start["EndedAt"]).Should().NotBeNull();
        start["RunId"].Should().BeNull();
        File.ReadAllText(Logs().Single())
            .Should()
            .ContainAll($"vplan-export {command}", said, "(exit code 2", "What to do");
        Directory
            .GetFiles(_place.Work, "*.lock")
            .Should()
            .NotContain(f => f.Contains("starts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_ends_well_keeps_its_run_its_requests_and_its_log()
    {
        await using var server = await _place.StartVPlanAsync();

        var run = (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        var start = Starts().Should().ContainSingle().Subject;
        ((int)start["ExitCode"]!).Should().Be(0);
        ((string)start["RunId"]!)
            .Should()
            .Be(Path.GetFileName(Directory.GetDirectories(_place.PathOf("work/runs")).Single()));
        ((int)start["Requests"]!).Should().Be(server.Requests.Count);
        var log = File.ReadAllText(Logs().Single());
        log.Should().ContainAll("extract: board: ", "committed in", "Done (exit code 0)");
        run.Lines.Select(l => l.TrimEnd()).Should().OnlyContain(line => log.Contains(line));
    }

    [Fact]
    public async Task Traces_are_kept_as_long_as_runs()
    {
        var clock = new ImmediateTime();
        await _place.InvokeAsync(clock, "run", "--set", "VPlan:PageSize=0");
        clock.Advance(TimeSpan.FromDays(2));
        await _place.InvokeAsync(clock, "run", "--set", "VPlan:PageSize=0", "--set", "Runs:KeepDays=5");
        Starts().Should().HaveCount(2);
        clock.Advance(TimeSpan.FromDays(4));

        await _place.InvokeAsync(clock, "run", "--set", "VPlan:PageSize=0", "--set", "Runs:KeepDays=5");

        Starts().Should().HaveCount(2);
        Logs().Should().HaveCount(2);
    }

    [Fact]
    public async Task A_command_that_only_looks_leaves_none()
    {
        await _place.InvokeAsync("status");
        await _place.InvokeAsync("rejects", "list");

        Directory.Exists(_place.PathOf("work/starts")).Should().BeFalse();
    }

    [Fact]
    public async Task A_trace_that_cannot_be_written_stops_no_run()
    {
        await using var server = await _place.StartVPlanAsync();
        Directory.CreateDirectory(_place.Work);
        File.WriteAllText(_place.PathOf("work/starts"), "in the way");

        var run = (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        run.Output.Should().Contain("warning: The work is done, but its trace could not be written whole");
    }

    [Fact]
    public async Task Status_tells_what_failed_with_its_count_and_its_age()
    {
        await using var server = await _place.StartVPlanAsync();
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        var good = await StatusAsync();
        server.Faults = FaultSchedule.When(r => r.Path == "/me" ? FaultKind.Status401 : null);
        await _place.InvokeAsync("run");
        await _place.InvokeAsync("run");

        var status = await StatusAsync();

        good.EnumerateNames()
            .Take(5)
            .Should()
            .Equal("state", "ageSeconds", "failedAttempts", "lastGoodRun", "lastError");
        ((string)good["state"]!).Should().Be("ok");
        good["lastError"].Should().BeNull();
        ((string)status["state"]!).Should().Be("failed");
        ((int)status["failedAttempts"]!).Should().Be(2);
        ((long)status["ageSeconds"]!).Should().BeGreaterThanOrEqualTo(0);
        status["lastGoodRun"]!
            .AsObject()
            .EnumerateNames()
            .Should()
            .Equal("id", "startedAt", "endedAt", "durationSeconds");
        status["lastGoodRun"]!.ToJsonString().Should().Be(good["lastGoodRun"]!.ToJsonString());
        status["lastError"]!.AsObject().EnumerateNames().Should().Equal("exitCode", "message", "at");
        ((int)status["lastError"]!["exitCode"]!).Should().Be(2);
        (await _place.InvokeAsync("status"))
            .Lines[0]
            .Should()
            .StartWith("FAILED: data of ")
            .And.Contain("2 attempts since failed, the last: vPlan answered 401")
            .And.Contain("(exit 2)");
    }

    [Theory]
    [InlineData("26h", 0)]
    [InlineData("0.5s", 1)]
    [InlineData("1d", 0)]
    public async Task A_health_check_ends_with_1_when_the_data_is_older(string age, int code)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();

        (await house.InvokeAsync("status", "--max-age", age)).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_health_check_ends_with_1_when_there_was_never_a_run_and_status_alone_does_not()
    {
        (await _place.InvokeAsync("status", "--max-age", "26h")).Code.Should().Be(1);
        (await _place.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Lines[0]
            .TrimEnd()
            .Should()
            .Be("NEVER: no run has been committed yet");
    }

    [Theory]
    [InlineData("26")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1w")]
    [InlineData("99999999d")]
    public async Task An_age_that_is_none_is_told(string age) =>
        (await _place.InvokeAsync("status", $"--max-age={age}"))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"'{age}'", "s, m, h or d", "26h");

    [Fact]
    public async Task A_run_is_seen_while_it_works_and_after_its_process_died()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var journal = new StartJournal(house.Runs.Store, house.Clock);
        var open = await journal.BeginAsync("run", "sandbox", CancellationToken.None);
        await open.PutAsync(open.Start with { Phase = "load" }, "", CancellationToken.None);

        var running = await StatusAsync(house);
        File.Delete(house.In($"work/starts/{open.Start.Id}.lock"));
        var dead = await StatusAsync(house);
        var text = await house.InvokeAsync("status");
        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        ((string)running["state"]!).Should().Be("running");
        ((string)dead["state"]!).Should().Be("interrupted");
        ((string)dead["starts"]![0]!["state"]!).Should().Be("interrupted");
        text.Lines[0].Should().StartWith("INTERRUPTED while loading; the next run goes on; data of ");
        ((string)(await StatusAsync(house))["state"]!).Should().Be("ok");
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_called_interrupted()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.DiesAtAsync(
            e => e is VPlanExport.Runs.RunEvent.Started { Phase: "transform" },
            new(VPlanExport.Runs.RunKind.Full, [])
        );

        var status = await StatusAsync(house);

        ((string)status["state"]!).Should().Be("interrupted");
        ((string)status["runs"]![0]!["state"]!).Should().Be("interrupted");
        ((string)status["runs"]![0]!["phase"]!).Should().Be("extracted");
    }

    private List<JsonObject> Starts() =>
        [
            .. Directory
                .GetFiles(_place.PathOf("work/starts"), "*.json")
                .Order()
                .Select(f => JsonNode.Parse(File.ReadAllText(f))!.AsObject()),
        ];

    private string[] Logs() => Directory.GetFiles(_place.PathOf("work/logs"), "*.log");

    private async Task<JsonObject> StatusAsync() => Json(await _place.InvokeAsync("status", "--format", "json"));

    private static async Task<JsonObject> StatusAsync(TestExport house) =>
        Json(await house.InvokeAsync("status", "--format", "json"));

    private static JsonObject Json(Outcome outcome) => JsonNode.Parse(outcome.ShouldBe(ExitCode.Ok).Output)!.AsObject();
}

internal static class JsonNames
{
    public static IEnumerable<string> EnumerateNames(this JsonObject json) => json.Select(p => p.Key);
}
