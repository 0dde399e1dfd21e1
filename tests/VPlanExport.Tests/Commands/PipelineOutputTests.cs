using VPlanExport.Commands.Output;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>With --log-format azure the log is plain lines, and warnings and errors are issues of the pipeline's run.</summary>
[Trait("Tier", "scenario")]
public sealed class PipelineOutputTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_is_plain_lines_with_each_warning_told_once_as_an_issue()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(r => r.Path is "/me" or "/card_relation" ? FaultKind.Status403 : null);

        var run = (await _place.InvokeAsync("run", "--log-format", "azure")).ShouldBe(ExitCode.Ok);

        run.Lines.Should().Contain(l => l.Contains("120 of 120 cards", StringComparison.Ordinal));
        run.Lines.Where(l => l.Contains("##vso", StringComparison.Ordinal))
            .Should()
            .SatisfyRespectively(
                told => told.Should().StartWith("##vso[task.logissue type=warning]").And.Contain("/me"),
                summed => summed.Should().StartWith("##vso[task.logissue type=warning]card_relation is unavailable")
            );
        run.Output.Should().NotContain("\e").And.NotContain("\nwarning:");
        run.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("run --nothing")]
    [InlineData("run --set VPlan:PageSize=0")]
    public async Task An_error_is_an_issue_in_the_output_where_the_agent_reads(string line)
    {
        var outcome = (await _place.InvokeAsync([.. line.Split(' '), "--log-format", "azure"])).ShouldBe(
            ExitCode.Configuration
        );

        outcome.Lines.Should().ContainSingle().Which.Should().StartWith("##vso[task.logissue type=error]");
        outcome.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_lock_that_another_run_holds_is_a_warning()
    {
        await using var held = await RunLock.AcquireAsync(
            new FolderStore(_place.Work),
            "vplan-export load",
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );

        (await _place.InvokeAsync("run", "--log-format", "azure"))
            .ShouldBe(ExitCode.Locked)
            .Lines.Should()
            .ContainSingle(line =>
                line.StartsWith("##vso[task.logissue type=warning]Another run holds", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_summary_is_handed_to_the_agent_by_its_absolute_path()
    {
        var load = (
            await _place.InvokeAsync("load", "--log-format", "azure", "--summary", _place.PathOf("summary 100%.md"))
        ).ShouldBe(ExitCode.Ok);

        load.Lines[^1].Should().Be($"##vso[task.uploadsummary]{_place.PathOf("summary 100%AZP25.md")}");
    }

    [Fact]
    public void An_issue_is_one_line_with_what_the_agent_reads_escaped()
    {
        using var output = new StringWriter();
        using var log = new AzureLog(output);

        log.Issue("error", "50% of [a;b]\r\nnext");

        output
            .ToString()
            .Should()
            .Be("##vso[task.logissue type=error]50%AZP25 of [a%3Bb%5D%0D%0Anext" + Environment.NewLine);
    }

    [Fact]
    public void Text_that_holds_a_command_is_none_to_the_agent()
    {
        using var output = new StringWriter();
        using var log = new AzureLog(output);

        log.WriteLine("A card ##vso[task.setvariable variable=PATH]/tmp and ##VSO[task.complete result=Failed]");

        output.ToString().Should().NotContainEquivalentOf("##vso[").And.Contain("A card ## vso[task.setvariable");
    }
}
