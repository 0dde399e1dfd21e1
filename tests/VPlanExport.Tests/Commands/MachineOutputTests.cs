using System.Globalization;
using System.Text.Json;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>With --log-format json every line is one JSON object, of errors too.</summary>
[Trait("Tier", "scenario")]
public sealed class MachineOutputTests : IDisposable
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Every_line_of_a_run_a_load_and_a_check_is_an_event()
    {
        await using var server = await _place.StartVPlanAsync();

        var run = Events((await _place.InvokeAsync("run", "--log-format", "json")).ShouldBe(ExitCode.Ok).Output);
        var load = Events((await _place.InvokeAsync("load", "--log-format", "json")).ShouldBe(ExitCode.Ok).Output);
        var check = Events((await _place.InvokeAsync("check", "--log-format", "json")).ShouldBe(ExitCode.Ok).Output);

        run.Select(Name).Should().Contain(["phase", "reading", "read", "summary"]);
        SummaryOf(run[^1])
            .Should()
            .Be(
                SummaryOf(
                    JsonDocument
                        .Parse(
                            File.ReadAllText(
                                Directory.GetFiles(_place.Work, "summary.json", SearchOption.AllDirectories).Single()
                            )
                        )
                        .RootElement
                )
            );
        load.Select(Name).Should().Equal("info");
        check.Should().OnlyContain(e => Name(e) == "check" && e.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("run --set VPlan:PageSize=0 --log-format json", 2)]
    [InlineData("run --log-format json --nothing", 2)]
    [InlineData("load --log-format json --set Runs:WorkFolder=/proc/vplan", 6)]
    public async Task An_error_is_an_event_with_its_exit_code(string line, int code)
    {
        var outcome = (await _place.InvokeAsync(line.Split(' '))).ShouldBe((ExitCode)code);

        var error = Events(outcome.Errors).Should().ContainSingle().Subject;
        Name(error).Should().Be("error");
        error.GetProperty("exitCode").GetInt32().Should().Be(code);
        error.GetProperty("message").GetString().Should().NotBeEmpty();
        outcome.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task For_people_a_run_is_timestamped_lines_and_a_summary_in_any_country()
    {
        await using var server = await _place.StartVPlanAsync();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("nl-NL");
        try
        {
            var run = (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

            run.Lines[1].Should().MatchRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  extract: nightly run");
            run.Output.Should()
                .ContainAll("120 of 120 cards", "500 of 500 time entries", "committed in")
                .And.MatchRegex(@"load: \d{1,2},\d{3} rows");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    internal static List<JsonElement> Events(string output) =>
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];

    /// <summary>What a summary says of the tables; the file's names begin with a capital.</summary>
    private static string SummaryOf(JsonElement summary) =>
        string.Join(
            '\n',
            summary
                .EnumerateObject()
                .Single(p => p.Name is "tables" or "Tables")
                .Value.EnumerateArray()
                .Select(t => string.Join(' ', t.EnumerateObject().Select(p => p.Value.ToString())))
        );

    private static string Name(JsonElement happened)
    {
        happened.GetProperty("time").GetDateTime().Kind.Should().Be(DateTimeKind.Utc);
        return happened.GetProperty("event").GetString()!;
    }
}
