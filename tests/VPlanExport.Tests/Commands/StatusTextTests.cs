using VPlanExport.Commands;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;
using VPlanExport.Tests.Runs.Starts;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The status in each state and at each width is approved text.</summary>
[Trait("Tier", "unit")]
public sealed class StatusTextTests
{
    private static readonly DateTime Now = new(2026, 10, 8, 7, 0, 0, DateTimeKind.Utc);
    private static readonly GoodRun Good = new("20261008T000000Z-1791417600", Now.AddHours(-7), Now.AddHours(-6.9));
    private static readonly Start Night = VerdictTests.Done(7, "run") with
    {
        Phase = "commit",
        RunId = Good.Id,
        Requests = 55,
        Seconds = 360,
    };
    private static readonly Start Failed = VerdictTests.Failed(
        1,
        "run",
        "vPlan answered 401 to /me: 10002: Unauthorized. The key or the environment is wrong, or the key was revoked: "
            + "check VPlan:ApiKey and VPlan:ApiEnv (in vPlan: Settings > API Keys).",
        2
    );
    private static readonly Start Dead = VerdictTests.Dead(1, "run", "load");

    public static TheoryData<string, int> States
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var state in Enum.GetNames<VerdictState>())
            {
                foreach (var width in new[] { 60, 80, 120 })
                    data.Add(state, width);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void It_begins_with_the_verdict_and_fits(string state, int width)
    {
        var text = Text(Enum.Parse<VerdictState>(state), width);

        text.Should().StartWith(state.ToUpperInvariant());
        text.Split('\n').Should().OnlyContain(line => line.Length <= width);
        Approved.ShouldBe(text, $"Commands/Status/{state.ToLowerInvariant()}-{width}.txt", "run the test");
    }

    [Fact]
    public void Without_a_width_nothing_is_cut_or_left_out() =>
        Text(VerdictState.Failed, 0).Should().Contain(Failed.Message).And.NotContain("What did not fit");

    private static string Text(VerdictState state, int width)
    {
        using var text = new StringWriter();
        new StatusText(Report(state), text, width).Write(withWarnings: true);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static StatusReport Report(VerdictState state)
    {
        var good =
            state == VerdictState.Never ? null
            : state == VerdictState.Late ? LongAgo
            : Good;
        Start[] starts = state switch
        {
            VerdictState.Failed => [Failed, Failed with { StartedAt = Now.AddHours(-3) }, Night],
            VerdictState.Interrupted => [Dead, Night],
            VerdictState.Running => [Dead with { IsRunning = true }, Night],
            VerdictState.Never => [],
            _ => [Night],
        };
        var verdict = Verdict.Of(good, starts, null, false, Verdict.UsualMaxAge, Now);
        verdict.State.Should().Be(state);
        return new StatusReport(
            verdict,
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"),
            good is null ? [] : [Run(good)],
            new Dictionary<string, DateTime?>(),
            good is null
                ? []
                : [new("card", good.StartedAt, good.StartedAt, Proof, 2), new("schedule", null, null, null, 0)],
            good is null ? [] : [new("fact_time_entry", 20_000, good.Id, "2026-10-08 00:06:00Z")],
            null,
            55,
            8000,
            null,
            state == VerdictState.Late ? "The API key was first used 181 days ago: replace it." : null,
            null,
            new WorkFolderUse(12_300_000, good is null ? 0 : 1, [])
        )
        {
            Starts = StartLine.Of(starts, verdict),
            Places = new UsedPlaces(
                "/srv/vplan/appsettings.json",
                "/srv/vplan",
                "/srv/vplan/vplan-data/work",
                "/srv/vplan/vplan-data/lake",
                "/srv/vplan/vplan-data/warehouse.duckdb"
            ),
        };
    }

    private static GoodRun LongAgo => Good with { StartedAt = Now.AddHours(-31), EndedAt = Now.AddHours(-30.9) };

    private static Proof Proof => new(Good.Id, "5,000 of 5,000 cards, 1,000 re-read", "5,000 rows, 1,234,567 minutes");

    private static RunLine Run(GoodRun good) => new(good.Id, "nightly run", "committed", good.StartedAt, 55);
}
