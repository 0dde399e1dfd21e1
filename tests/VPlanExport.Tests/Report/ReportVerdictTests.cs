using VPlanExport.Commands;
using VPlanExport.Commands.Output;
using VPlanExport.Report;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Report;

/// <summary>The verdict in words, whatever became of the night.</summary>
[Trait("Tier", "scenario")]
public sealed class ReportVerdictTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_run_there_is_none()
    {
        await using var house = await TestExport.OpenAsync();

        (await ReportPage.OfAsync(house)).Verdict.Should().Be("No run yet. Start one with: vplan-export run");
        (await ReportPage.OfAsync(house, "--culture", "nl-NL")).Verdict.Should().StartWith("Nog geen run.");
    }

    [Fact]
    public async Task A_run_writes_its_report_and_names_it()
    {
        await using var house = await TestExport.OpenAsync();

        var (run, page) = await RunAsync(house, ExitCode.Ok);

        page.Verdict.Should().Be("Complete as of 7 Oct 03:00: 120 of 120 cards, 36 tables balance.");
        page.Document.Title.Should().EndWith("Wed 7 Oct 2026: complete");
        run.Output.Should().Contain($"Report: {house.In("run.html")}");
    }

    [Fact]
    public async Task An_environment_without_records_is_complete_and_says_what_there_is_not()
    {
        await using var house = await TestExport.OpenAsync();
        foreach (var entity in house.World.Entities)
            house.World.Records(entity).ToList().ForEach(r => house.World.Delete(entity, r.Id));

        var (_, page) = await RunAsync(house, ExitCode.Ok);

        page.Verdict.Should().StartWith("Complete as of 7 Oct 03:00: 0 of 0 cards");
        page.Value("utilisation").Should().Be("");
        page.Value("open_cards").Should().Be("0");
        page.Section("needs-you").Should().Contain("Nothing needs you today.");
        page.Section("delivery").Should().Contain("No open order or collection is late.");
        page.Section("flow").Should().Contain("No work waits for a plan.");
    }

    [Fact]
    public async Task Without_time_tracking_it_says_which_right_is_missing()
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                Faults = FaultSchedule.When(request =>
                    request.Path.Contains("time_tracking", StringComparison.Ordinal)
                        ? new Fault(FaultKind.Status403)
                        : null
                ),
            }
        );

        var (_, page) = await RunAsync(house, ExitCode.Ok);

        page.Verdict.Should().StartWith("Complete as of 7 Oct 03:00");
        page.Main.Should().Contain("Without what vPlan does not give: time_tracking");
        page.Section("hours").Should().Contain("vPlan gives no time_tracking:");
        page.Value("tracked_hours").Should().Be("");
    }

    [Fact]
    public async Task Data_that_is_too_old_is_stale_by_the_day_of_the_report()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        (await ReportPage.OfAsync(house, "--as-of", "2026-10-07")).Verdict.Should().StartWith("Complete");
        (await ReportPage.OfAsync(house, "--as-of", "2026-10-10"))
            .Verdict.Should()
            .StartWith("Stale: the data is of 7 Oct 03:00, and it is 10 Oct ");
        house.Clock.Advance(TimeSpan.FromHours(30));
        (await ReportPage.OfAsync(house)).Verdict.Should().StartWith("Stale");
    }

    [Fact]
    public async Task A_night_that_failed_shows_the_data_of_the_one_before()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        var (_, settings) = await RunAsync(house, ExitCode.Configuration, "--set", "VPlan:PageSize=0");
        var (_, options) = await RunAsync(house, ExitCode.Configuration, "--fulll");
        var (_, source) = await RunAsync(
            house,
            ExitCode.SourceUnavailable,
            "--set",
            "VPlan:BaseUrl=http://127.0.0.1:9/v1"
        );
        var (_, budget) = await RunAsync(
            house,
            ExitCode.BudgetReached,
            "--set",
            "VPlan:RequestsPerDay=1",
            "--set",
            "VPlan:Concurrency=1"
        );

        settings.Verdict.Should().StartWith("Failed: VPlan:PageSize is '0'").And.Contain("Exit code 2: configuration");
        options.Verdict.Should().StartWith("Failed: ").And.Contain("--fulll");
        source.Verdict.Should().StartWith("Failed: ").And.Contain("Exit code 3");
        source.Main.Should().Contain("What is shown is the data of 7 Oct 03:00.").And.Contain("What to do: try later");
        source.Value("open_cards").Should().NotBe("0");
        budget.Verdict.Should().StartWith("Failed: ").And.Contain("Exit code 4");
        (await ReportPage.OfAsync(house)).Verdict.Should().StartWith("Failed: ");
    }

    [Fact]
    public async Task A_run_that_waits_for_another_one_or_is_guarded_says_so()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        await using (
            await RunLock.AcquireAsync(house.Settings.Runs.WorkFolder.Open(house.Clock), "another", house.Clock, Token)
        )
        {
            var (_, locked) = await RunAsync(house, ExitCode.Locked);
            locked.Verdict.Should().StartWith("Failed: ").And.Contain("Exit code 7");
        }
        house.World.Records("card").Take(100).ToList().ForEach(r => house.World.Delete("card", r.Id));

        var (_, refused) = await RunAsync(house, ExitCode.Refused, "--full");

        refused.Verdict.Should().StartWith("Failed: ").And.Contain("Exit code 8");
        refused.Document.QuerySelector(".verdict.failed").Should().NotBeNull();
    }

    [Fact]
    public async Task Without_a_warehouse_the_verdict_is_all_there_is()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        house.Remove("warehouse.duckdb");
        var file = house.In("night.html");

        (await house.InvokeAsync("report", "--out", file)).ShouldBe(ExitCode.Configuration);

        var page = ReportPage.Of(await File.ReadAllTextAsync(file, Token));
        page.Verdict.Should().StartWith("Failed: There is no warehouse at");
        page.Document.QuerySelectorAll("section").Should().BeEmpty();
    }

    [Fact]
    public async Task A_first_night_that_failed_says_that_there_is_no_data()
    {
        await using var house = await TestExport.OpenAsync();

        var (_, run) = await RunAsync(
            house,
            ExitCode.SourceUnavailable,
            "--set",
            "VPlan:BaseUrl=http://127.0.0.1:9/v1"
        );

        run.Verdict.Should().StartWith("Failed: ").And.Contain("Exit code 3");
        run.Main.Should().Contain("There is no data yet.");
        (await ReportPage.OfAsync(house)).Verdict.Should().Be(run.Verdict);
    }

    [Theory]
    [InlineData("--set", $"VPlan:PageSize={TestExport.SecretKey}")]
    [InlineData("--entity", TestExport.SecretKey)]
    public async Task A_secret_in_a_message_is_not_in_the_report(params string[] words)
    {
        await using var house = await TestExport.OpenAsync();

        var (_, page) = await RunAsync(house, ExitCode.Configuration, words);

        page.Verdict.Should().Contain("***");
        page.Text.Should().NotContain(TestExport.SecretKey);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(130)]
    public void Every_exit_code_has_its_words_in_both_languages(int code)
    {
        var failure = new Failure((ExitCode)code, "It broke.\nA trace.");

        foreach (var (isDutch, word) in new[] { (false, "Failed: It broke."), (true, "Mislukt: It broke.") })
        {
            var night = NightFailures.Of(failure, isDutch);
            var verdict = new ReportVerdict(ReportState.Failed, null, night);
            var said = new VerdictText(
                verdict,
                [],
                new Words(isDutch),
                TimeZoneInfo.Utc,
                DateTime.UnixEpoch
            ).Sentences.ToList();

            said[0].Should().Be($"{word} ({(isDutch ? "Exitcode" : "Exit code")} {code}: {night.Meaning}.)");
            said[1].Should().EndWith($": {night.Advice}.");
            night.Meaning.Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_fails_no_run()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var run = await house.InvokeAsync("run", "--set", $"Report:Location={house.In("key.txt")}");

        run.ShouldBe(ExitCode.Ok).Output.Should().Contain("The report could not be written");
    }

    [Fact]
    public async Task The_place_keeps_the_last_nights_by_date()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        string[] place = ["--set", $"Report:Location={house.In("letters")}", "--set", "Runs:KeepDays=2"];

        (await house.InvokeAsync(["run", .. place])).ShouldBe(ExitCode.Ok);
        house.Clock.Advance(TimeSpan.FromDays(2));
        (await house.InvokeAsync(["report", .. place])).ShouldBe(ExitCode.Ok);
        Names().Should().Equal("report-2026-10-07.html", "report-2026-10-09.html", "report.html");
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await house.InvokeAsync(["report", .. place])).ShouldBe(ExitCode.Ok);

        Names().Should().Equal("report-2026-10-09.html", "report-2026-10-10.html", "report.html");

        IEnumerable<string?> Names() =>
            Directory.GetFiles(house.In("letters"), "*.html").Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_report_asks_the_warehouse_no_more_than_before()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Ok).Output.Should().NotContain("Report:");

        Directory.GetFiles(house.Folder, "*.html", SearchOption.AllDirectories).Should().BeEmpty();
    }

    private static async Task<(Outcome Run, ReportPage Page)> RunAsync(
        TestExport house,
        ExitCode code,
        params string[] words
    )
    {
        var file = house.In("run.html");
        var run = (await house.InvokeAsync(["run", "--report", file, .. words])).ShouldBe(code);
        return (run, ReportPage.Of(await File.ReadAllTextAsync(file, Token)));
    }
}
