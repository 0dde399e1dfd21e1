using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;
using VPlanExport.Commands;
using VPlanExport.Commands.Output;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What people see in terminals of three widths, as approved text. A terminal breaks a longer line where it ends.</summary>
[Trait("Tier", "scenario")]
public sealed partial class TerminalPictureTests : IDisposable
{
    private static readonly int[] s_widths = [60, 80, 120];

    private readonly CliHost _place = new() { Clock = new FakeTimeProvider(new(2026, 10, 7, 1, 0, 0, TimeSpan.Zero)) };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Checks()
    {
        await using var server = await _place.StartVPlanAsync();

        var outcome = (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);

        foreach (var width in s_widths)
        {
            using var text = new StringWriter();
            var checks = new Checks(
                new PlainReporter(text, _place.Clock),
                hasColour: false,
                width,
                TestContext.Current.CancellationToken
            );
            foreach (Match line in Check().Matches(Steady(outcome.Output, $"{server.BaseUrl}")))
                await checks.TryAsync(line.Groups["name"].Value, () => Task.FromResult(line.Groups["detail"].Value));
            await checks.TryAsync("API key", () => throw new ConfigurationException(VPlanSettings.WhereToFind));
            checks.Sum();
            Approve("check", width, text.ToString());
        }
    }

    [Fact]
    public async Task Errors()
    {
        await using var server = await _place.StartVPlanAsync();
        string[][] mistakes =
        [
            ["runn"],
            ["run", "--entity", "cards"],
            ["run", "--set", "VPlan:TimeZon=UTC"],
            ["run", "--set", "VPlan:TimeZone=Mars/Olympus"],
            ["run", "--set", "VPlan:ApiKeyFile="],
            ["backfill", "--from", "2026-10-07", "--to", "2026-10-01"],
            ["query", "SELEC 1"],
            ["rollback"],
        ];
        var said = new List<string>();

        foreach (var words in mistakes)
        {
            var outcome = await _place.InvokeAsync(words);
            outcome.Code.Should().NotBe(0, string.Join(' ', words));
            said.Add($"$ vplan-export {string.Join(' ', words)}\n{outcome.Errors}");
        }

        foreach (var width in s_widths)
            Approve("errors", width, Steady(string.Join('\n', said), $"{server.BaseUrl}"));
    }

    [Fact]
    public void Summary()
    {
        var summary = new RunSummary(
            "20261007T010000Z-0000000001",
            "nightly run",
            new DateTime(2026, 10, 7, 1, 0, 0, DateTimeKind.Utc),
            32.9,
            52,
            7872,
            [
                new EntitySummary("board", "everything", "4 of 4 boards, 3 re-read", 2, 7, 2),
                new EntitySummary(
                    "card",
                    "changed since 2026-10-06T00:45:00Z, open or from 2026-09-02",
                    "923 of 923 cards",
                    1,
                    923,
                    1
                ),
                new EntitySummary("time_tracking", "everything", "1,240 of 1,240 time entries", 2, 1240, 2),
            ],
            [
                new TableSummary("dim_board", 4, 0, 0, 0, 0),
                new TableSummary("dim_card", 923, 6, 19, 1, 0),
                new TableSummary("fact_time_entry", 1240, 18, 16, 0, 2),
            ],
            ["2 rows of fact_time_entry were rejected: vplan-export rejects list"]
        );

        foreach (var width in s_widths)
        {
            using var text = new StringWriter();
            SummaryText.Write(summary, text, width);
            Approve("summary", width, text.ToString());
        }
    }

    [Fact]
    public async Task Progress()
    {
        foreach (var width in s_widths)
        {
            using var console = new TestConsole().Width(width).Interactive();
            var clock = new FakeTimeProvider();
            var reporter = new LiveReporter(console, TextWriter.Null, clock, text => text);
            var shown = await reporter.DuringAsync(() =>
            {
                reporter.Tell(new RunEvent.Started("r1", "extract", "nightly run"));
                reporter.Tell(new RunEvent.PagesRead(new ExtractProgress("board", 1, 4, 0, 7998)));
                reporter.Tell(new RunEvent.Read("board", "4 of 4 boards"));
                reporter.Tell(new RunEvent.PagesRead(new ExtractProgress("time_tracking", 6, 6000, 14000, 7991)));
                clock.Advance(TimeSpan.FromSeconds(75));
                return Task.FromResult(console.Output);
            });

            Approve("progress", width, shown[shown.LastIndexOf("step", StringComparison.Ordinal)..]);
        }
    }

    private static void Approve(string name, int width, string text) =>
        Approved.ShouldBe(
            string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Broken(line, width))),
            $"Commands/Pictures/{name}-{width}.txt",
            "run this test"
        );

    /// <summary>The lines that a terminal makes of one.</summary>
    private static IEnumerable<string> Broken(string line, int width) =>
        line == "" ? [""] : line.Chunk(width).Select(part => new string(part).TrimEnd());

    /// <summary>Without what differs from place to place.</summary>
    private string Steady(string text, string server) =>
        Reference()
            .Replace(
                text.Replace(_place.Folder, "/srv/vplan", StringComparison.Ordinal)
                    .Replace(AppContext.BaseDirectory.TrimEnd('/'), "/srv/vplan", StringComparison.Ordinal)
                    .Replace(server, "https://api.vplan.com/v1", StringComparison.Ordinal),
                "REFERENCE"
            );

    [GeneratedRegex("^ok +(?<name>[^:]+): (?<detail>.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Check();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Reference();
}
