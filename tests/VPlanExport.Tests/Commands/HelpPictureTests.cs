using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Help as it is seen in terminals of three widths.</summary>
[Trait("Tier", "platform")]
public sealed class HelpPictureTests
{
    [Theory]
    [InlineData("--help", 60)]
    [InlineData("--help", 80)]
    [InlineData("--help", 120)]
    [InlineData("check --help", 60)]
    [InlineData("changes --help", 80)]
    public async Task The_help_fits_the_terminal(string words, int columns)
    {
        var shown = await ExportProcess.RunAsync(
            AppContext.BaseDirectory,
            new Dictionary<string, string> { ["COLUMNS"] = $"{columns}" },
            words.Split(' ')
        );

        var lines = shown
            .ShouldBe(ExitCode.Ok)
            .Output.ReplaceLineEndings("\n")
            .Split('\n')
            .Select(l => l.TrimEnd())
            .ToList();
        lines
            .Where(l => l.Length > columns && !l.Contains("vplan-export ", StringComparison.Ordinal))
            .Should()
            .BeEmpty();
        Approved.ShouldBe(
            string.Join('\n', lines),
            $"Commands/Help/{words.Replace(" --help", "", StringComparison.Ordinal).TrimStart('-')}-{columns}.txt",
            "run the test"
        );
    }
}
