using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>With --summary a file tells, as Markdown, what was done or why not.</summary>
[Trait("Tier", "scenario")]
public sealed class SummaryFileTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    private string File => _place.PathOf("summary.md");

    private string Text => System.IO.File.ReadAllText(File);

    [Fact]
    public async Task A_run_that_ended_well_is_its_certificates_its_tables_and_its_warnings()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(r => r.Path == "/card_relation" ? FaultKind.Status403 : null);

        (await _place.InvokeAsync("run", "--summary", File)).ShouldBe(ExitCode.Ok);

        Text.Should()
            .StartWith("# vplan-export run: done\n\nBegan ")
            .And.MatchRegex(@"## Run \S+: nightly run\n\nCommitted in [\d.]+ s, \d+ requests, 7,\d+ left today\.\n")
            .And.ContainAll(
                "| entity | window | certificate | pages | rows | requests |\n| --- | --- | --- | ---: | ---: | ---: |\n",
                "| card | everything | 120 of 120 cards"
            )
            .And.ContainAll(
                "| table | read | written | changed | deleted | rejected |",
                "| fact_time_entry | 500 | 500 | 0 | 0 | 0 |"
            )
            .And.Contain("## Warnings\n\n- card_relation is unavailable");
    }

    [Fact]
    public async Task A_run_that_failed_is_what_happened_how_far_it_came_and_what_to_do()
    {
        await using var server = await _place.StartVPlanAsync();
        server.Faults = FaultSchedule.When(r => r.Path == "/time_tracking" ? FaultKind.Status500 : null);
        _place.Settings.Add("VPlan:Concurrency=1");

        var outcome = (await _place.InvokeAsync("run", "--summary", File)).ShouldBe(ExitCode.SourceUnavailable);

        Text.Should()
            .StartWith("# vplan-export run: failed\n\nBegan ")
            .And.Contain("**What happened:** " + outcome.Errors.Trim()["error: ".Length..])
            .And.Contain(
                "**Exit code 3:** vPlan cannot be reached or is down. **What to do:** try later; the run goes on where it stopped."
            )
            .And.MatchRegex(
                @"\*\*Last phase:\*\* extract of run \S+ \(nightly run\)\. 7,\d+ requests were left today\."
            )
            .And.MatchRegex(@"\| board \| \d of \d boards");
    }

    [Fact]
    public async Task A_setting_that_is_wrong_is_told_in_the_summary_too()
    {
        (await _place.InvokeAsync("run", "--summary", File, "--set", "VPlan:PageSize=0")).ShouldBe(
            ExitCode.Configuration
        );

        Text.Should().ContainAll("VPlan:PageSize is '0'", "**Exit code 2:**", "**Last phase:** none began.");
    }

    [Fact]
    public async Task A_dry_run_is_its_plan()
    {
        await using var server = await _place.StartVPlanAsync();

        (
            await _place.InvokeAsync(
                "backfill",
                "--from",
                "2026-08-01",
                "--to",
                "2026-08-31",
                "--entity",
                "card",
                "--dry-run",
                "--summary",
                File
            )
        ).ShouldBe(ExitCode.Ok);

        Text.Should()
            .StartWith("# vplan-export backfill: done\n")
            .And.Contain("backfill 2026-08-01 to 2026-08-31 of card: what it would read.")
            .And.Contain("what it would change. Nothing was published.")
            .And.MatchRegex(@"\| fact_card \| 2026-08 \| \d+ \| 0 \| 0 \| \+[\d,]+ \|")
            .And.MatchRegex(
                @"\| entity \| by \| rows \| requests \|\n\| --- \| --- \| ---: \| ---: \|\n\| card \| start_date \| \d+ \| \d \|\n\| total \|"
            )
            .And.Contain("Requests left today: ");
    }

    [Fact]
    public async Task A_load_is_the_runs_that_it_applied()
    {
        await using var server = await _place.StartVPlanAsync();
        (await _place.InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);
        System.IO.File.Delete(_place.Warehouse);

        (await _place.InvokeAsync("load", "--summary", File)).ShouldBe(ExitCode.Ok);
        var applied = Text;
        (await _place.InvokeAsync("load", "--summary", File)).ShouldBe(ExitCode.Ok);

        applied
            .Should()
            .MatchRegex(@"## Run \S+: applied\n\n\| table \| written \| changed \| deleted \|")
            .And.Contain("| fact_time_entry | 500 | 0 | 0 |");
        Text.Should().Contain("Nothing to apply: the sinks already hold it.").And.NotContain("## Run");
    }

    [Fact]
    public async Task While_a_run_works_the_file_says_that_it_has_not_ended()
    {
        await using var server = await _place.StartVPlanAsync();
        var meanwhile = "";
        server.Faults = FaultSchedule.When(r =>
        {
            meanwhile = Text;
            return null;
        });

        (await _place.InvokeAsync("run", "--entity", "board", "--summary", File)).ShouldBe(ExitCode.Ok);

        meanwhile.Should().StartWith("# vplan-export run: not ended\n");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_the_run_before_the_first_request()
    {
        await using var server = await _place.StartVPlanAsync();
        var file = _place.PathOf("nowhere/summary.md");

        (await _place.InvokeAsync("run", "--summary", file)).ShouldBe(ExitCode.Configuration).Naming("--summary", file);

        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task What_looks_like_markup_is_shown_as_it_is()
    {
        (await _place.InvokeAsync("run", "--summary", File, "--set", "VPlan:PageSize=<b>|*[x](y)")).ShouldBe(
            ExitCode.Configuration
        );

        Text.Should().Contain(@"'\<b>\|\*\[x](y)'");
    }
}
