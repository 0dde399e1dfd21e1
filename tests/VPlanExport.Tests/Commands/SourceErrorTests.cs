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
    public async Task A_web_page_instead_of_an_answer_is_unavailable()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(_ => FaultKind.Html200);

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.SourceUnavailable).Naming("/me", "text/html", "later");
    }
}
