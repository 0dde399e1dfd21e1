using VPlanExport.Runs.Starts;

namespace VPlanExport.Tests.Runs.Starts;

/// <summary>How the export stands, of the last good run, the starts since, and the time.</summary>
[Trait("Tier", "unit")]
public sealed class VerdictTests
{
    private static readonly DateTime Now = new(2026, 10, 8, 7, 0, 0, DateTimeKind.Utc);
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly GoodRun Tonight = new("R2", Now.AddHours(-7), Now.AddHours(-6.9));
    private static readonly GoodRun Yesterday = new("R1", Now.AddHours(-31), Now.AddHours(-30.9));

    [Fact]
    public void Data_of_tonight_is_ok() => Of(Tonight).Should().Be("OK: data of 02:00 tonight");

    [Fact]
    public void Without_a_run_it_is_never()
    {
        Of(null).Should().Be("NEVER: no run has been committed yet");
        Verdict.Of(null, [], null, false, TimeSpan.FromDays(99), Now).IsTooOld.Should().BeTrue();
    }

    [Fact]
    public void Data_that_is_too_old_is_late_although_nothing_failed() =>
        Of(Yesterday).Should().Be("LATE: last good run 31 h ago, and 26 h are allowed; data of 02:00 yesterday");

    [Fact]
    public void Failed_runs_are_counted_and_the_last_is_told() =>
        Of(Yesterday, Failed(2, "run", "401 at /me", 2), Failed(5, "run", "no network", 3))
            .Should()
            .Be("FAILED: data of 02:00 yesterday; 2 attempts since failed, the last: 401 at /me (exit 2)");

    [Fact]
    public void Before_the_first_good_run_a_failure_is_a_failure() =>
        Of(null, Failed(2, "run", "401 at /me", 2))
            .Should()
            .Be("FAILED: no data yet; 1 attempt since failed: 401 at /me (exit 2)");

    [Fact]
    public void A_failure_before_the_last_good_run_is_forgotten() =>
        Of(Tonight, Failed(9, "run", "401", 2)).Should().StartWith("OK");

    [Fact]
    public void An_analysts_failed_backfill_is_no_failed_night()
    {
        var verdict = Verdict.Of(Tonight, [Failed(1, "backfill", "--from", 2)], null, false, Verdict.UsualMaxAge, Now);

        verdict.State.Should().Be(VerdictState.Ok);
        verdict.FailedAttempts.Should().Be(0);
        verdict.LastError.Should().Be(new LastError(2, "--from", Now.AddHours(-1)));
    }

    [Theory]
    [InlineData("extract", "reading")]
    [InlineData("load", "loading")]
    [InlineData("commit", "committing")]
    [InlineData(null, "starting")]
    public void A_process_that_died_was_interrupted_in_its_phase(string? phase, string doing) =>
        Of(Tonight, Dead(1, "run", phase))
            .Should()
            .Be($"INTERRUPTED while {doing}; the next run goes on; data of 02:00 tonight");

    [Fact]
    public void A_signal_interrupts_and_does_not_fail() =>
        Of(Tonight, Failed(1, "run", "Stopped by a signal.", 130)).Should().StartWith("INTERRUPTED");

    [Fact]
    public void A_failure_after_an_interruption_decides() =>
        Of(Tonight, Failed(1, "run", "401", 2), Dead(2, "run", "load")).Should().StartWith("FAILED");

    [Fact]
    public void A_load_that_was_interrupted_is_settled_by_another() =>
        Of(Tonight, Done(1, "load"), Dead(2, "load", "load")).Should().StartWith("OK");

    [Fact]
    public void A_run_of_an_earlier_version_that_was_interrupted_is_seen() =>
        Verdict
            .Of(Tonight, [], Dead(1, "run", "publish"), false, Verdict.UsualMaxAge, Now)
            .State.Should()
            .Be(VerdictState.Interrupted);

    [Fact]
    public void Whatever_works_now_comes_first() =>
        Of(Yesterday, Dead(1, "run", "load") with { IsRunning = true }, Failed(2, "run", "401", 2))
            .Should()
            .Be(
                "RUNNING since 08:00 today, by vplan-export run, process 7 on HOST; it is loading; data of 02:00 yesterday"
            );

    [Fact]
    public void A_run_that_the_warehouse_lacks_has_failed_until_it_is_loaded()
    {
        var start = Failed(6.5, "run", "the warehouse is behind", 6) with { RunId = Tonight.Id };

        Verdict.Of(Tonight, [start], null, true, Verdict.UsualMaxAge, Now).State.Should().Be(VerdictState.Failed);
        Verdict.Of(Tonight, [start], null, false, Verdict.UsualMaxAge, Now).State.Should().Be(VerdictState.Ok);
    }

    private static string Of(GoodRun? good, params Start[] newestFirst) =>
        Verdict.Of(good, newestFirst, null, false, Verdict.UsualMaxAge, Now).Sentence(Amsterdam);

    internal static Start Failed(double hoursAgo, string command, string message, int code) =>
        Done(hoursAgo, command) with
        {
            ExitCode = code,
            Message = message,
        };

    internal static Start Done(double hoursAgo, string command) =>
        new($"S{hoursAgo}", command, Now.AddHours(-hoursAgo), 7, "HOST")
        {
            EndedAt = Now.AddHours(-hoursAgo),
            ExitCode = 0,
        };

    internal static Start Dead(double hoursAgo, string command, string? phase) =>
        new($"S{hoursAgo}", command, Now.AddHours(-hoursAgo), 7, "HOST") { Phase = phase };
}
