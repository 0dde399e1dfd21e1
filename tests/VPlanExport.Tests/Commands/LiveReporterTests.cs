using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using VPlanExport.Commands.Output;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Tests.Commands;

/// <summary>What is seen on a terminal.</summary>
[Trait("Tier", "unit")]
public class LiveReporterTests
{
    [Fact]
    public async Task The_table_shows_each_entity_and_each_run_begins_with_an_empty_one()
    {
        using var screen = new StringWriter();
        var reporter = new LiveReporter(
            Terminal(screen),
            TextWriter.Null,
            TimeProvider.System,
            text => text.Replace("s3cret", "***", StringComparison.Ordinal)
        );

        await reporter.DuringAsync(async () =>
        {
            reporter.Tell(new RunEvent.Started("r1", "extract", "full run [1/2]"));
            reporter.Tell(new RunEvent.PagesRead(new ExtractProgress("card", 3, 2500, 7500, 7997)));
            reporter.Tell(new RunEvent.Read("card", "2,500 of 2,500 cards"));
            reporter.Tell(new RunEvent.Warning("[odd] name of s3cret"));
            return await Task.FromResult(0);
        });
        var first = Taken(screen);
        await reporter.DuringAsync(() =>
        {
            reporter.Tell(new RunEvent.Read("user", "3 of 3 users"));
            return Task.FromResult(0);
        });

        first
            .Should()
            .ContainAll(
                "step 1 of 5, extract: full run [1/2], 1 entity read, 0:00:0",
                "card",
                "2,500 of 2,500 cards",
                "7,997",
                "25 %",
                "warning: [odd] name of ***"
            );
        Taken(screen).Should().Contain("3 of 3 users").And.NotContain("2,500");
    }

    [Fact]
    public async Task Time_moves_while_nothing_else_does()
    {
        using var screen = new StringWriter();
        var clock = new FakeTimeProvider();
        var reporter = new LiveReporter(Terminal(screen), TextWriter.Null, clock, text => text);

        await reporter.DuringAsync(() =>
        {
            reporter.Tell(new RunEvent.Started("r1", "load", "the warehouse"));
            clock.Advance(TimeSpan.FromSeconds(75));
            return Task.FromResult(0);
        });

        Taken(screen).Should().Contain("step 5 of 5, load: the warehouse, 0:01:15");
    }

    private static IAnsiConsole Terminal(TextWriter screen)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(screen),
            }
        );
        console.Profile.Width = 120;
        return console;
    }

    private static string Taken(StringWriter screen)
    {
        var text = screen.ToString();
        screen.GetStringBuilder().Clear();
        return text;
    }
}
