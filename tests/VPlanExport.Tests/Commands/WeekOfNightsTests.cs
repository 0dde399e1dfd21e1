using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VPlanExport.Commands.Watch;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Report;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>
/// Nights that end in each exit code, one that is killed and one that is late: the status, its JSON, the report, the log
/// files, the notifications and the spans say the same, each of them with what to do.
/// </summary>
[Trait("Tier", "scenario")]
public sealed partial class WeekOfNightsTests : IAsyncLifetime
{
    private const string Advice = "What to do";

    private static readonly AsyncLocal<ConcurrentQueue<Activity>?> s_spans = new();

    private readonly List<string> _story = [];
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == SpanTree.SourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            s_spans.Value is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllData,
        ActivityStopped = span => s_spans.Value?.Enqueue(span),
    };
    private TestExport _house = null!;
    private Receiver _receiver = null!;
    private int _sent;

    private string Report => _house.In("night.html");

    public async ValueTask InitializeAsync()
    {
        (_house, _receiver) = (await TestExport.OpenAsync(), await Receiver.StartAsync());
        await File.WriteAllTextAsync(_house.In("hook.txt"), $"{_receiver.Url}/hook");
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _receiver.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_sees_one_of_them_knows_what_happened_and_what_to_do()
    {
        s_spans.Value = _spans;
        var entry = _house.World.Records("time_tracking").First().Id;
        await NightAsync("all is well", ExitCode.Ok);
        await NightAsync("the program has a bug", ExitCode.Bug, new FaultyTime(_house));
        await NightAsync(
            "the key was revoked",
            ExitCode.Configuration,
            FaultSchedule.When(r => r.Path == "/me" ? FaultKind.Status401 : null)
        );
        await NightAsync("vPlan is down", ExitCode.SourceUnavailable, FaultSchedule.When(_ => FaultKind.Status500));
        await NightAsync(
            "the budget is used up",
            ExitCode.BudgetReached,
            "--set",
            "VPlan:RequestsPerDay=1",
            "--set",
            "VPlan:Concurrency=1"
        );
        _house.World.Edit("time_tracking", entry, new JsonObject { ["duration"] = "yesterday" });
        await NightAsync(
            "vPlan sends what is no number",
            ExitCode.Contract,
            "--fresh",
            "--set",
            "Runs:MinRejects=0",
            "--set",
            "Runs:MaxRejectPercent=0"
        );
        _house.World.Edit("time_tracking", entry, new JsonObject { ["duration"] = 30 });
        await NightAsync("the lake's disk is gone", ExitCode.Sink, "--set", $"Lake:Location={_house.In("key.txt")}");
        await using (
            await RunLock.AcquireAsync(
                _house.Runs.Store,
                "vplan-export backfill --wait",
                _house.Clock,
                CancellationToken.None
            )
        )
            await NightAsync("another command works", ExitCode.Locked);
        _house.World.Delete("time_tracking", _house.World.Records("time_tracking").First().Id);
        await NightAsync(
            "a row is gone, and none may be",
            ExitCode.Refused,
            "--full",
            "--set",
            "Runs:MinDeletes=0",
            "--set",
            "Runs:MaxDeletePercent=0"
        );
        await NightAsync("all is well again", ExitCode.Ok);
        await KillAsync();
        Pass(TimeSpan.FromHours(23));
        await LookAsync("a night is killed");
        await NightAsync("the next night resumes it", ExitCode.Ok);
        Pass(TimeSpan.FromHours(31));
        await LookAsync("nothing was started");
        await NightAsync("the last night", ExitCode.Ok);

        Approved.ShouldBe(string.Join('\n', _story) + "\n", "Commands/Status/week-of-nights.txt", "run the test");
    }

    private Task NightAsync(string what, ExitCode code, params string[] words) =>
        NightAsync(what, code, _house.Clock, words);

    private async Task NightAsync(string what, ExitCode code, FaultSchedule faults)
    {
        _house.VPlan.Faults = faults;
        await NightAsync(what, code);
        _house.VPlan.Faults = FaultSchedule.None;
    }

    private async Task NightAsync(string what, ExitCode code, TimeProvider clock, params string[] words)
    {
        _spans.Clear();
        (
            await _house.InvokeAsync(
                clock,
                [
                    "run",
                    "--entity",
                    "time_tracking",
                    "--report",
                    Report,
                    "--set",
                    $"Notify:UrlFile={_house.In("hook.txt")}",
                    .. words,
                ]
            )
        ).ShouldBe(code);
        var (log, span) = (Log(), _spans.Single(s => s.OperationName == "run"));
        var status = await LookAsync(what);
        ((int?)status["starts"]![0]!["exitCode"]).Should().Be((int)code);
        ((int)span.GetTagItem("process.exit.code")!).Should().Be((int)code);
        log.Should().Contain($"(exit code {(int)code}");
        if (code != ExitCode.Ok)
            ShouldAgree(status, log, JsonNode.Parse(_receiver.Received[^1].Text)!, Verdict(), code);
        Pass(TimeSpan.FromHours(22));
    }

    private static void ShouldAgree(JsonNode status, string log, JsonNode notice, string verdict, ExitCode code)
    {
        ((string)status["state"]!).Should().Be("failed");
        ((int)status["lastError"]!["exitCode"]!).Should().Be((int)code);
        var message = (string)status["lastError"]!["message"]!;
        ((string)notice["message"]!).Should().Be(message);
        verdict.Should().StartWith("Failed: ").And.Contain($"Exit code {(int)code}");
        log.Should().ContainAll(message.Split('\n')[0].TrimEnd(), $"What to do: {(string)notice["advice"]!}.");
    }

    /// <summary>Tells what each of them says.</summary>
    private async Task<JsonNode> LookAsync(string what)
    {
        var text = (await _house.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Lines;
        var json = await StatusAsync();
        _story.AddRange([
            $"# {what}",
            $"status: {Plain(text[0])}",
            .. text.Where(line => line.StartsWith(Advice, StringComparison.Ordinal))
                .Select(l => $"        {l.TrimEnd()}"),
            $"json:   {json["state"]}, {json["failedAttempts"]} failed, last error {json["lastError"]?["exitCode"] ?? "none"}",
            .. _spans.IsEmpty ? Array.Empty<string>() : [$"log:    {Plain(Log().Split('\n').Last(IsEnd)[22..])}"],
            .. _spans.IsEmpty ? Array.Empty<string>() : [$"report: {Plain(Verdict())}"],
            .. _receiver.Received.Skip(_sent).Select(r => JsonNode.Parse(r.Text)!).Select(Told),
            .. _spans.Where(s => s.OperationName == "run").Select(Told),
            "",
        ]);
        _sent = _receiver.Received.Count;
        _spans.Clear();
        return json;
    }

    private static bool IsEnd(string line) =>
        line.Contains("  error: ", StringComparison.Ordinal) || line.Contains("  Done ", StringComparison.Ordinal);

    private string Told(JsonNode notice) =>
        $"sent:   {notice["event"]} ({notice["exitCode"]}): {Plain((string)notice["message"]!)} -> {notice["advice"]}".TrimEnd();

    private static string Told(Activity span) =>
        $"span:   run {span.Status}, exit {span.GetTagItem("process.exit.code")}, {span.GetTagItem("error.type") ?? "no error"}";

    private async Task<JsonNode> StatusAsync() =>
        JsonNode.Parse((await _house.InvokeAsync("status", "--format", "json")).ShouldBe(ExitCode.Ok).Output)!;

    private void Pass(TimeSpan time) => _house.Clock.Advance(time);

    /// <summary>A process that dies leaves its run and its start as they are, and lets go of its lock.</summary>
    private async Task KillAsync()
    {
        _spans.Clear();
        var journal = new StartJournal(_house.Runs.Store, _house.Clock);
        var open = await journal.BeginAsync("run", "Metaalwerken De Vries B.V.", CancellationToken.None);
        await _house.DiesAtAsync(
            e => e is RunEvent.Started { Phase: "load" },
            new RunRequest(RunKind.Nightly, ["time_tracking"])
        );
        var run = (await _house.AllRunsAsync())[^1].RunId;
        await open.PutAsync(open.Start with { Phase = "load", RunId = run }, "", CancellationToken.None);
        File.Delete(_house.In($"work/starts/{open.Start.Id}.lock"));
    }

    private string Verdict() => ReportPage.Of(File.ReadAllText(Report)).Verdict;

    private string Log() =>
        File.ReadAllText(Directory.GetFiles(_house.In("work/logs")).Order(StringComparer.Ordinal).Last());

    private string Plain(string text) =>
        Varying()
            .Replace(
                text.Split('\n')[0]
                    .TrimEnd()
                    .Replace(_house.Folder, "FOLDER", StringComparison.Ordinal)
                    .Replace($"{_house.VPlan.BaseUrl}", "VPLAN", StringComparison.Ordinal),
                "…"
            );

    /// <summary>Runs, references of vPlan's, processes and machines.</summary>
    [GeneratedRegex(
        @"\d{8}T\d{6}Z-\d+|(?<=reference )[^) ]+|(?<=process )\d+ on \S+(?=[,;])|\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ|\b[0-9a-f]{8}-[0-9a-f-]+|[0-9a-f]{32}"
    )]
    private static partial Regex Varying();

    /// <summary>A clock with a bug: it throws once, when a run has asked vPlan.</summary>
    private sealed class FaultyTime(TestExport house) : TimeProvider
    {
        private readonly int _asked = house.VPlan.Requests.Count;
        private int _thrown;

        public override long TimestampFrequency => house.Clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() =>
            house.VPlan.Requests.Count > _asked && Interlocked.Exchange(ref _thrown, 1) == 0
                ? throw new InvalidOperationException("the clock stands still")
                : house.Clock.GetUtcNow();

        public override long GetTimestamp() => house.Clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            house.Clock.CreateTimer(callback, state, dueTime, period);
    }
}
