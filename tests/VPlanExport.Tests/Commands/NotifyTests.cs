using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using VPlanExport.Runs.Starts;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The end of a start is sent to whoever is to be told, once, and fails no run.</summary>
[Trait("Tier", "scenario")]
public sealed class NotifyTests : IDisposable
{
    private const string Hook = "/hook/a-secret-path";

    private static readonly string[] Fails = ["run", "--set", "VPlan:PageSize=0"];

    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_failure_and_its_recovery_are_each_sent_once()
    {
        await using var vplan = await _place.StartVPlanAsync();
        await using var receiver = await SendToAsync();

        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        receiver.Received.Should().BeEmpty("failed and recovered are sent, unless Notify:On says otherwise");
        (await _place.InvokeAsync(Fails)).ShouldBe(ExitCode.Configuration);
        (await _place.InvokeAsync(Fails)).ShouldBe(ExitCode.Configuration);
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        receiver
            .Received.Should()
            .OnlyContain(r => r.Method == "POST" && r.Path == Hook && r.ContentType.StartsWith("application/json"));
        var sent = Sent(receiver);
        sent.Select(s => (string)s["event"]!).Should().Equal("failed", "failed", "recovered");
        sent[0].Select(p => p.Key).Should().Equal("event", "environment", "run", "exitCode", "message", "advice", "at");
        ((int)sent[0]["exitCode"]!).Should().Be(2);
        ((string)sent[0]["message"]!).Should().StartWith("VPlan:PageSize is '0'");
        ((string)sent[0]["advice"]!).Should().Contain("setting that the message names");
        ((string)sent[0]["environment"]!).Should().Be("Metaalwerken De Vries B.V.");
        sent[0]["run"].Should().BeNull();
        ((DateTime)sent[0]["at"]!).Kind.Should().Be(DateTimeKind.Utc);
        ((int)sent[2]["exitCode"]!).Should().Be(0);
        ((string)sent[2]["message"]!).Should().Contain("after 2 failed attempts");
        ((string)sent[2]["run"]!)
            .Should()
            .Be(Directory.GetDirectories(_place.PathOf("work/runs")).Select(Path.GetFileName).Order().ElementAt(1));
    }

    [Fact]
    public async Task Warnings_and_good_ends_are_sent_when_they_are_asked_for()
    {
        await using var vplan = await _place.StartVPlanAsync();
        await using var receiver = await SendToAsync("Notify:On=warning,succeeded");

        (await _place.InvokeAsync(Fails)).ShouldBe(ExitCode.Configuration);
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        vplan.Faults = FaultSchedule.When(r => r.Path == "/space" ? FaultKind.Status403 : null);
        (await _place.InvokeAsync("run", "--entity", "board", "--entity", "space")).ShouldBe(ExitCode.Ok);

        var sent = Sent(receiver);
        sent.Select(s => (string)s["event"]!).Should().Equal("succeeded", "warning");
        ((string)sent[1]["message"]!).Should().Contain("space is unavailable");
        ((string)sent[1]["advice"]!).Should().Contain("look at the warnings");
    }

    [Fact]
    public async Task A_start_whose_process_died_is_sent_by_the_next_one_and_once()
    {
        await using var receiver = await SendToAsync();
        var journal = new StartJournal(new FolderStore(_place.Work), _place.Clock);
        var dead = await journal.BeginAsync("run", "De Vries", CancellationToken.None);
        await dead.PutAsync(dead.Start with { Phase = "load", RunId = "R-1" }, "", CancellationToken.None);
        File.Delete(_place.PathOf($"work/starts/{dead.Start.Id}.lock"));

        await _place.InvokeAsync(Fails);
        await _place.InvokeAsync(Fails);

        var sent = Sent(receiver);
        sent.Should().HaveCount(3).And.OnlyContain(s => (string)s["event"]! == "failed");
        var died = sent.Should().ContainSingle(s => (int)s["exitCode"]! == 130).Subject;
        ((string)died["message"]!).Should().Contain("was interrupted while loading: its process died");
        ((string)died["run"]!).Should().Be("R-1");
        ((string)died["environment"]!).Should().Be("De Vries");
    }

    [Fact]
    public async Task Slack_and_teams_get_what_they_show()
    {
        await using var receiver = await SendToAsync("Notify:Format=slack");
        await _place.InvokeAsync("run", "--<b>&");
        _place.Settings.Add("Notify:Format=teams");
        await _place.InvokeAsync(Fails);

        var (slack, teams) = (Sent(receiver)[0], Sent(receiver)[1]);
        slack.Select(p => p.Key).Should().Equal("text");
        ((string)slack["text"]!)
            .Should()
            .StartWith("*vPlan export failed: sandbox*\n")
            .And.ContainAll("--&lt;b&gt;&amp;", "exit code 2", "What to do");
        ((string)teams["type"]!).Should().Be("message");
        var card = teams["attachments"]![0]!;
        ((string)card["contentType"]!).Should().Be("application/vnd.microsoft.card.adaptive");
        ((string)card["content"]!["type"]!).Should().Be("AdaptiveCard");
        card["content"]!["body"]!
            .AsArray()
            .Select(b => (string)b!["text"]!)
            .Should()
            .Contain(t => t.Contains("VPlan:PageSize is '0'"))
            .And.Contain("vPlan export failed: sandbox");
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_a_little_and_told_without_its_url()
    {
        await using var vplan = await _place.StartVPlanAsync();
        await using var receiver = await SendToAsync("Notify:On=succeeded", status: 500);

        var run = (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        receiver.Received.Should().HaveCount(3);
        run.Output.Should()
            .Contain(
                $"warning: The notification could not be sent to {new Uri(receiver.Url).Authority}: it answered 500. Check Notify:Url."
            );
        File.ReadAllText(Directory.GetFiles(_place.PathOf("work/logs")).Single()).Should().Contain("could not be sent");
        new[] { run.Output, run.Errors }
            .Concat(Directory.GetFiles(_place.Work, "*", SearchOption.AllDirectories).Select(File.ReadAllText))
            .Should()
            .NotContain(text => text.Contains(Hook));
    }

    [Theory]
    [InlineData(404, "it answered 404")]
    [InlineData(0, "refused")]
    public async Task A_receiver_that_is_not_there_changes_no_exit_code(int status, string why)
    {
        var receiver = await SendToAsync("Notify:On=failed", Math.Max(status, 200));
        if (status == 0)
            await receiver.DisposeAsync();

        (await _place.InvokeAsync(Fails))
            .ShouldBe(ExitCode.Configuration)
            .Output.Should()
            .Contain("could not be sent")
            .And.Contain(why);

        receiver.Received.Should().HaveCountLessThanOrEqualTo(1, "asking again does not help");
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_not_waited_for()
    {
        using var end = new CancellationTokenSource();
        await using var receiver = await Receiver.StartAsync(
            HttpProtocols.Http1,
            _ => Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default)
        );
        Send(receiver, "Notify:On=failed");

        (await _place.InvokeAsync(new ImmediateTime(), Fails))
            .ShouldBe(ExitCode.Configuration)
            .Output.Should()
            .Contain("no answer within 4 s");

        await end.CancelAsync();
    }

    [Fact]
    public async Task The_heartbeat_hears_of_the_start_and_of_the_end_of_each_run()
    {
        await using var vplan = await _place.StartVPlanAsync();
        await using var receiver = await Receiver.StartAsync();
        _place.Settings.Add($"Notify:Heartbeat={receiver.Url}/ping/5e1f?a=b");

        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        await _place.InvokeAsync(Fails);
        (await _place.InvokeAsync("load")).ShouldBe(ExitCode.Ok);

        receiver.Received.Should().OnlyContain(r => r.Method == "GET");
        receiver
            .Received.Select(r => r.Path)
            .Should()
            .Equal("/ping/5e1f/start?a=b", "/ping/5e1f?a=b", "/ping/5e1f/start?a=b", "/ping/5e1f/fail?a=b");
    }

    [Theory]
    [InlineData("Notify:Format=mail", "Notify:Format is 'mail'; it takes json or slack or teams.")]
    [InlineData(
        "Notify:On=always",
        "Notify:On is 'always'; it takes one or several of failed, recovered, warning, succeeded."
    )]
    [InlineData("Notify:Heartbeat=somewhere", "Notify:Heartbeat is no web address")]
    [InlineData(
        "Notify:Url=https://example.com/hook",
        "Notify:Url is set in --set. A secret is taken only from the environment variable Notify__Url"
    )]
    public async Task A_wrong_setting_is_named(string setting, string said) =>
        (await _place.InvokeAsync("status", "--set", setting)).ShouldBe(ExitCode.Configuration).Naming(said);

    private static List<JsonObject> Sent(Receiver receiver) =>
        [.. receiver.Received.Select(r => JsonNode.Parse(r.Text)!.AsObject())];

    private async Task<Receiver> SendToAsync(string setting = "Notify:Format=json", int status = 200)
    {
        var receiver = await Receiver.StartAsync(status);
        Send(receiver, setting);
        return receiver;
    }

    private void Send(Receiver receiver, string setting)
    {
        File.WriteAllText(_place.PathOf("hook.txt"), receiver.Url + Hook);
        _place.Settings.AddRange([$"Notify:UrlFile={_place.PathOf("hook.txt")}", setting]);
    }
}
