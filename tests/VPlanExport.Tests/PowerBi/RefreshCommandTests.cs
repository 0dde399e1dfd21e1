using VPlanExport.Commands;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.PowerBi;

/// <summary>What a run and <c>powerbi refresh</c> do for a published model.</summary>
[Trait("Tier", "scenario")]
public sealed class RefreshCommandTests : IDisposable
{
    private const string Done = """{"status":"Completed"}""";

    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_refreshes_what_it_changed_and_a_failed_refresh_is_a_warning()
    {
        await using var vplan = await _place.StartVPlanAsync();
        await using var powerBi = await FakePowerBi.StartAsync(
            (202, ""),
            (200, Done),
            (500, "broken"),
            (202, ""),
            (200, Done),
            (401, "")
        );
        _place.Settings.AddRange(powerBi.Settings);

        var run = (await InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        run.Output.Should().Contain("Power BI's model was refreshed in");
        powerBi
            .Objects.Should()
            .Contain(["Board", "Status", "Date", "Freshness"])
            .And.NotContain(["Time entry", "Card plan"]);

        (await InvokeAsync("run", "--entity", "board"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("Power BI does not show it yet")
            .And.Contain("500 (broken)");

        powerBi.Objects.Clear();
        (await InvokeAsync("powerbi", "refresh")).ShouldBe(ExitCode.Ok);
        powerBi.Objects.Should().Contain("Freshness");
        (await InvokeAsync("powerbi", "refresh")).ShouldBe(ExitCode.Sink).Naming("401", "member");
    }

    [Fact]
    public async Task A_backfill_names_the_months_and_refreshes_their_partitions()
    {
        await using var vplan = await _place.StartVPlanAsync();
        (await InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);
        vplan.World.ChangeSome(60, new Random(3));
        await using var powerBi = await FakePowerBi.StartAsync((202, ""), (200, Done));

        var unset = (
            await InvokeAsync("backfill", "--from", "2026-01-01", "--to", "2026-02-10", "--entity", "board")
        ).ShouldBe(ExitCode.Ok);

        unset.Output.Should().Contain("Refresh these months of its model: 2026-01, 2026-02.");
        powerBi.Requests.Should().BeEmpty();

        _place.Settings.AddRange([.. powerBi.Settings, "PowerBi:Incremental=true"]);
        (await InvokeAsync("run", "--full", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);
        powerBi
            .Objects.Where(o => o.StartsWith("Time entry", StringComparison.Ordinal))
            .Should()
            .NotBeEmpty()
            .And.AllSatisfy(o => o.Should().MatchRegex(@"^Time entry \d{4}(Q[1-4](\d\d)?)?$"));
    }

    [Fact]
    public async Task A_refresh_needs_a_model_and_a_run()
    {
        (await InvokeAsync("powerbi", "refresh"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("PowerBi:Workspace", "PowerBi:Dataset");
        _place.Settings.Add($"PowerBi:Workspace={FakePowerBi.Workspace}");
        (await InvokeAsync("powerbi", "refresh")).ShouldBe(ExitCode.Configuration).Naming("PowerBi:Dataset is not");
        _place.Settings.Add("PowerBi:Dataset=mine");
        (await InvokeAsync("powerbi", "refresh")).ShouldBe(ExitCode.Configuration).Naming("PowerBi:Dataset is 'mine'");
        _place.Settings.Add($"PowerBi:Dataset={FakePowerBi.Dataset}");
        (await InvokeAsync("powerbi", "refresh")).ShouldBe(ExitCode.Configuration).Naming("no committed run");
    }

    private async Task<Outcome> InvokeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var line = new CommandLine(output, errors, new Shortened()) { SignIn = () => new FakePowerBi.Identity() };
        var code = await line.InvokeAsync([.. _place.Given.SelectMany(s => new[] { "--set", s }), .. args]);
        return new Outcome(code, output.ToString(), errors.ToString());
    }

    /// <summary>The machine's clock, on which the pause between two questions takes no time.</summary>
    private sealed class Shortened : TimeProvider
    {
        private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(15);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == s_pause ? TimeSpan.Zero : dueTime, period);
    }
}
