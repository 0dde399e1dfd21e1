using System.Text.RegularExpressions;
using VPlanExport.Commands;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Configuration;

[Trait("Tier", "unit")]
public sealed partial class ReadmeTests
{
    private static readonly Dictionary<string, string> s_fileOf = new()
    {
        ["What"] = "README.md",
        ["Command"] = "src/VPlanExport/Commands/README.md",
        ["Code"] = "src/VPlanExport/Commands/README.md",
        ["Key"] = "src/VPlanExport/Configuration/README.md",
    };

    [Fact]
    public void Its_settings_are_those_of_the_program() =>
        Table("Key")
            .Should()
            .Equal(
                Setting.All.Select(s => $"| `{s.Key}` | {(s.Default == "" ? "" : $"`{s.Default}`")} | {s.Meaning} |")
            );

    [Fact]
    public void Its_commands_and_their_options_are_those_of_the_program()
    {
        var verbs = new CommandLine(TextWriter.Null, TextWriter.Null, TimeProvider.System).Verbs.ToDictionary(
            v => v.Command.Name,
            v => v.Command
        );
        var told = Table("Command").ToDictionary(line => CommandCell().Match(line).Groups[1].Value);

        told.Keys.Should().Equal(verbs.Keys);
        foreach (var (verb, line) in told)
            Option()
                .Matches(line)
                .Select(m => m.Value)
                .Should()
                .BeSubsetOf(verbs[verb].Options.Select(o => o.Name), line);
    }

    [Fact]
    public void Its_exit_codes_are_those_of_the_program() =>
        Table("Code")
            .Should()
            .Equal(
                ExitCodeAdvice.All.Select(a =>
                    $"| {(int)a.Code} | {a.Meaning} | {a.Advice}{(a.Advice == "" ? "" : " ")}|"
                )
            );

    [Fact]
    public void It_tells_every_exit_code() =>
        ExitCodeAdvice.All.Select(a => a.Code).Should().Equal(Enum.GetValues<ExitCode>().Append(Failure.Stopped));

    [Fact]
    public void It_fits_on_a_page() =>
        Repository.Read("README.md").Count(c => c == '\n').Should().BeLessThanOrEqualTo(120);

    [Fact]
    public void Every_document_that_a_document_links_to_is_there()
    {
        foreach (
            var document in s_fileOf
                .Values.Append("src/VPlanExport/README.md")
                .Append("pipelines/README.md")
                .Append("tests/README.md")
                .Distinct()
        )
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
            Link()
                .Matches(Repository.Read(document))
                .Select(m => m.Groups[1].Value)
                .Where(link => !Path.Exists(Path.Combine(folder, link)))
                .Should()
                .BeEmpty(document);
        }
    }

    [Fact]
    public void What_it_says_is_somewhere_is_there()
    {
        var paths = Table("What")
            .SelectMany(l => BackQuoted().Matches(l))
            .Select(m => m.Groups[1].Value)
            .Where(p => p.Contains('/', StringComparison.Ordinal) && !p.Contains(' ', StringComparison.Ordinal))
            .ToList();

        paths.Should().NotBeEmpty();
        paths.Where(p => !Path.Exists(Path.Combine(Repository.Root, p))).Should().BeEmpty();
    }

    private static List<string> Table(string firstHeading) =>
        [
            .. Repository
                .Read(s_fileOf[firstHeading])
                .Split('\n')
                .SkipWhile(l => !l.StartsWith($"| {firstHeading} |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(l => l.StartsWith('|')),
        ];

    [GeneratedRegex(@"^\| `([\w-]+)")]
    private static partial Regex CommandCell();

    [GeneratedRegex(@"\]\(([^):#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex BackQuoted();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
