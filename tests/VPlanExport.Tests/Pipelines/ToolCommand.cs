using System.CommandLine.Parsing;
using VPlanExport.Commands;
using VPlanExport.Configuration;

namespace VPlanExport.Tests.Pipelines;

/// <summary>A command line held against the tool itself.</summary>
internal static class ToolCommand
{
    public static IEnumerable<string> Problems(string[] words)
    {
        var parsed = new CommandLine(TextWriter.Null, TextWriter.Null, TimeProvider.System).Parse(words);
        return parsed
            .Errors.Select(e => e.Message)
            .Concat(
                parsed
                    .Tokens.Where(t =>
                        t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal)
                    )
                    .Select(t => $"'{t.Value}' is no option and would be taken for a value")
            )
            .Concat(parsed.Errors.Count > 0 ? [] : SettingProblems(parsed.GetValue<string[]>("--set") ?? []))
            .Select(problem => $"vplan-export {string.Join(' ', words)}: {problem}");
    }

    private static IEnumerable<string> SettingProblems(string[] pairs) =>
        pairs
            .Where(pair => !pair.Contains('=', StringComparison.Ordinal) || Setting.Find(pair.Split('=')[0]) is null)
            .Select(pair => $"--set {pair} is no setting");
}
