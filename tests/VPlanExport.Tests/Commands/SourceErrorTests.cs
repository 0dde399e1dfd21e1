using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What an operator is told when vPlan does not answer as it should.</summary>
[Trait("Tier", "scenario")]
public sealed class SourceErrorTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_wrong_key_is_a_matter_of_configuration()
    {
        await using var server = await _place.StartVPlanAsync();
        _place.WriteKey("not-the-key");

        var outcome = await _place.InvokeAsync("run");

        outcome.ShouldBe(ExitCode.Configuration).Naming("401", "VPlan:ApiKey");
        (outcome.Output + outcome.Errors).Should().NotContain("not-the-key");
    }

    [Fact]
    public async Task A_key_that_is_not_set_is_told_before_anything_is_sent()
    {
        await using var server = await _place.StartVPlanAsync();
        _place.WriteKey("");

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Configuration).Naming("VPlan__ApiKey", "VPlan:ApiKeyFile");

        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_unavailable()
    {
        _place.Settings.Add("VPlan:BaseUrl=http://127.0.0.1:9/v1");

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.SourceUnavailable).Naming("127.0.0.1", "/me", "later");
    }

    [Fact]
    public async Task An_address_without_the_APIs_version_is_said_once_and_nothing_is_committed()
    {
        await using var server = await _place.StartVPlanAsync();
        var root = $"{server.BaseUrl}"[..^"/v1".Length];
        _place.Settings.Add($"VPlan:BaseUrl={root}");

        var outcome = await _place.InvokeAsync("run");

        outcome.ShouldBe(ExitCode.Configuration).Naming($"it lies below /v1. Set it to {root}/v1.");
        File.Exists(Path.Combine(_place.Lake, "lake.json")).Should().BeFalse();
        (await _place.InvokeAsync("status")).Output.Should().NotContain("committed");
    }

    [Fact]
    public async Task Lists_of_what_may_not_be_read_are_not_taken_for_empty()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(r => r.Path == "/resource" ? FaultKind.Status403 : null);

        var outcome = (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        outcome
            .Output.Should()
            .ContainAll("schedule is unavailable: ", "schedule_deviation is unavailable: ")
            .And.NotContain("0 of 0 schedules");
    }

    [Fact]
    public async Task A_web_page_instead_of_an_answer_is_unavailable()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(_ => FaultKind.Html200);

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.SourceUnavailable).Naming("/me", "text/html", "later");
    }
}
