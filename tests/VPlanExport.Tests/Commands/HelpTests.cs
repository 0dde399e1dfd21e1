using System.CommandLine.Parsing;
using VPlanExport.Commands;
using VPlanExport.Commands.Output;
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

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    public async Task No_words_and_the_word_help_show_the_help_of_the_program(string words)
    {
        using var place = new CliHost();

        var shown = (await place.InvokeBareAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
            ExitCode.Ok
        );

        shown.Output.Should().Be((await place.InvokeBareAsync("--help")).Output);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_takes_the_name_of_a_command(string verb)
    {
        using var place = new CliHost();

        var shown = (await place.InvokeBareAsync("help", verb)).ShouldBe(ExitCode.Ok);

        shown.Output.Should().Be((await place.InvokeBareAsync(verb, "--help")).Output);
    }

    [Fact]
    public async Task Help_on_a_command_that_is_not_there_is_refused()
    {
        using var place = new CliHost();

        (await place.InvokeBareAsync("help", "rum"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("'rum'", "Did you mean 'run'?");
    }

    [Fact]
    public async Task The_version_has_a_short_option()
    {
        using var place = new CliHost();

        (await place.InvokeBareAsync("-v"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Be((await place.InvokeBareAsync("--version")).Output);
    }

    [Fact]
    public async Task The_help_of_the_program_explains_every_exit_code()
    {
        using var place = new CliHost();

        var help = (await place.InvokeBareAsync("--help")).ShouldBe(ExitCode.Ok);

        help.Output.Should()
            .ContainAll(ExitCodeAdvice.All.Select(a => $"  {(int)a.Code, -3}  {a.Meaning.Split(',')[0]}"));
    }

    [Fact]
    public async Task The_help_of_the_program_lists_every_command_and_ends_with_an_example()
    {
        using var place = new CliHost();

        var help = (await place.InvokeBareAsync("--help")).ShouldBe(ExitCode.Ok);

        help.Output.Should().ContainAll(Verbs.Select(v => $"  {v.Data} "));
        help.Lines[^2..].Should().Equal("Example:", "  vplan-export demo");
    }

    [Fact]
    public async Task Every_command_stands_in_one_group()
    {
        using var place = new CliHost();
        var lines = (await place.InvokeBareAsync("--help"))
            .ShouldBe(ExitCode.Ok)
            .Output.Split('\n')
            .Select(l => l.TrimEnd())
            .ToList();

        lines.Should().ContainInOrder(HelpText.Groups.Select(g => $"{g.Title}:")).And.NotContain("Other commands:");
        foreach (var verb in Verbs.Select(v => v.Data))
            lines.Count(l => l.StartsWith($"  {verb} ", StringComparison.Ordinal)).Should().Be(1, verb);
    }

    [Theory]
    [InlineData("vplan-export sta", "status")]
    [InlineData("vplan-export run --fr", "--fresh")]
    [InlineData("vplan-export changes --entity ", "collection")]
    [InlineData("vplan-export completion ", "zsh")]
    public async Task The_tab_key_is_answered_by_the_program_itself(string line, string completed)
    {
        using var place = new CliHost();

        (await place.InvokeBareAsync($"[suggest:{line.Length}]", line))
            .ShouldBe(ExitCode.Ok)
            .Lines.Select(l => l.Trim())
            .Should()
            .Contain(completed);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _vplan_export vplan-export")]
    [InlineData("zsh", "compdef _vplan_export vplan-export")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName vplan-export")]
    public async Task Each_shell_has_its_script(string shell, string line)
    {
        using var place = new CliHost();

        (await place.InvokeBareAsync("completion", shell))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain(line)
            .And.Contain("[suggest:");
    }
}
