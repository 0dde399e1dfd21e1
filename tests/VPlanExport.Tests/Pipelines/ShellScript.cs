using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace VPlanExport.Tests.Pipelines;

/// <summary>What a script of a pipeline calls.</summary>
internal static partial class ShellScript
{
    /// <summary>The words behind each vplan-export, called by name or as an image; a variable is replaced by a value that fits texts and numbers.</summary>
    public static IEnumerable<string[]> Commands(string script) =>
        from line in script.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        from part in Separator().Split(Alternative().Replace(line, "$1"))
        let words = CommandLineParser
            .SplitCommandLine(Variable().Replace(part, "1"))
            .SkipWhile(w => Prefix().IsMatch(w))
            .ToList()
        let program = words.FindIndex(w => w.Split(':')[0] == "vplan-export")
        where program == 0 || (program > 0 && words is ["docker", "run", ..])
        select words[(program + 1)..].ToArray();

    /// <summary>Places in the repository that a script names.</summary>
    public static IEnumerable<string> Paths(string script) => RepositoryPath().Matches(script).Select(m => m.Value);

    [GeneratedRegex(@"\|\|?|&&|;")]
    private static partial Regex Separator();

    /// <summary>${NAME:+words}: the words, where NAME is set.</summary>
    [GeneratedRegex(@"\$\{\w+:\+([^}]*)\}")]
    private static partial Regex Alternative();

    [GeneratedRegex(@"\$\{\{.*?\}\}|\$\([^)]*\)|\$\{\w+\}|\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(\w+=.*|if|!|exec|then|do)$")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"(?<=^|[\s""'=])(src|tests|pipelines|sql|\.ci)/[\w./-]+", RegexOptions.Multiline)]
    private static partial Regex RepositoryPath();
}
