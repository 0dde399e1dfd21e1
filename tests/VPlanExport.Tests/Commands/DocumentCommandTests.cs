using System.CommandLine.Parsing;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Every command of the documents by task does what they say, in their order, at one place.</summary>
[Trait("Tier", "scenario")]
public sealed class DocumentCommandTests
{
    private const string Program = "vplan-export ";

    private static readonly string[] Documents =
    [
        "src/VPlanExport/install.md",
        "src/VPlanExport/Commands/operate.md",
        "src/VPlanExport/Commands/privacy.md",
    ];

    [Fact]
    public async Task They_end_well()
    {
        using var place = new CliHost { Clock = new ImpatientTime() };
        await using var server = await place.StartVPlanAsync();
        var user = server.World.Records("user")[0].Id;

        foreach (var document in Documents)
        {
            var commands = CommandsOf(document).ToList();
            commands.Should().NotBeEmpty(document);
            foreach (var command in commands)
            {
                var words = CommandLineParser
                    .SplitCommandLine(command)
                    .Skip(1)
                    .Select(word =>
                        word switch
                        {
                            "ENVIRONMENT" => "sandbox",
                            "RUN" => LastRun(place),
                            "ID" => user,
                            "/srv/vplan-export" => place.PathOf("set-up"),
                            "power-bi" => place.PathOf(word),
                            _ when word.EndsWith(".txt", StringComparison.Ordinal) || IsFile(word) => place.PathOf(
                                word
                            ),
                            _ => word,
                        }
                    );
                var outcome = command.Split(' ')[1] switch
                {
                    "init" => await place.InvokeBareAsync([.. words, "--base-url", $"{server.BaseUrl}"]),
                    "--version" => await place.InvokeBareAsync([.. words]),
                    _ => await place.InvokeAsync([.. words]),
                };

                ((ExitCode)outcome.Code)
                    .Should()
                    .Be(ExitCode.Ok, $"{document} says '{command}', which said:\n{outcome.Output}{outcome.Errors}");
            }
        }
    }

    [Fact]
    public void They_say_what_to_do_for_every_exit_code_of_a_failure() =>
        Repository
            .Read(Documents[1])
            .Split('\n')
            .Where(line => line.Length > 3 && line[0] == '|' && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|')[1].Trim())
            .Should()
            .Equal(
                VPlanExport.Commands.Output.ExitCodeAdvice.All.Skip(1).Select(a => $"{(int)a.Code}"),
                "each needs its line"
            );

    /// <summary>The calls of the program that stand in blocks, in their order.</summary>
    internal static IEnumerable<string> CommandsOf(string document)
    {
        var isCode = false;
        foreach (var line in Repository.Read(document).Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (isCode && line.StartsWith(Program, StringComparison.Ordinal))
                yield return line;
        }
    }

    private static bool IsFile(string word) =>
        Path.GetExtension(word) is ".html" or ".csv" or ".json" && !word.Contains(' ', StringComparison.Ordinal);

    private static string LastRun(CliHost place) =>
        Directory.GetDirectories(Path.Combine(place.Work, "runs")).Select(d => Path.GetFileName(d)!).Order().Last();
}
