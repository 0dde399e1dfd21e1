using System.CommandLine.Parsing;
using VPlanExport.Commands;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Help that can be copied and run.</summary>
[Trait("Tier", "unit")]
public class HelpTests
{
    public static TheoryData<string> Verbs =>
        [.. new CommandLine(TextWriter.Null, TextWriter.Null, TimeProvider.System).Verbs.Select(v => v.Command.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_help_of_every_command_ends_with_an_example_that_parses(string verb)
    {
        using var place = new CliHost();
        var help = (await place.InvokeBareAsync(verb, "--help")).ShouldBe(ExitCode.Ok);

        help.Lines[^2].Should().Be("Example:");
        var example = help.Lines[^1].Trim();
        example.Should().StartWith($"vplan-export {verb}");
        new CommandLine(TextWriter.Null, TextWriter.Null, TimeProvider.System)
            .Parse([.. CommandLineParser.SplitCommandLine(example["vplan-export ".Length..])])
            .Errors.Should()
            .BeEmpty();
        help.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task The_help_of_the_program_lists_every_command_and_ends_with_an_example()
    {
        using var place = new CliHost();

        var help = (await place.InvokeBareAsync("--help")).ShouldBe(ExitCode.Ok);

        help.Output.Should().ContainAll(Verbs.Select(v => $"  {v.Data} "));
        help.Lines[^2..].Should().Equal("Example:", "  vplan-export demo");
    }
}
