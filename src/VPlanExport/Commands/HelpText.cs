using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.RegularExpressions;
using VPlanExport.Commands.Output;

namespace VPlanExport.Commands;

/// <summary>Help that ends with an example; the program's own has the commands in groups, and the exit codes.</summary>
internal sealed partial class HelpText(HelpAction inner, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    private const string First = "vplan-export demo";
    private const string Others = "Other commands";
    private const int Widest = 120;
    private const int NameWidth = 11;

    /// <summary>Every command by what it is for, in the order of the help.</summary>
    internal static readonly IReadOnlyList<(string Title, string[] Verbs)> Groups =
    [
        ("Start", ["demo", "init", "settings", "check", "connect", "disconnect", "completion"]),
        ("Export", ["run", "backfill", "load", "rollback"]),
        ("Watch", ["status", "verify", "rejects"]),
        ("Ask the data", ["questions", "changes", "query", "report", "powerbi"]),
        ("Administer", ["schema", "copy-into", "forget", "sandbox"]),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var (configuration, command) = (parseResult.InvocationConfiguration, parseResult.CommandResult.Command);
        var output = configuration.Output;
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0)
            inner.MaxWidth = columns;
        using var text = new StringWriter();
        configuration.Output = text;
        var exit = inner.Invoke(parseResult);
        configuration.Output = output;
        var lines = $"{text}".ReplaceLineEndings("\n").Split('\n')[..^1];
        foreach (var line in command is RootCommand ? WithGroups(lines, command) : [.. lines])
            output.WriteLine(line);
        output.WriteLine($"Example:{Environment.NewLine}  {examples.GetValueOrDefault(command, First)}");
        return exit;
    }

    /// <summary>In place of the list of commands: that list in groups, and the exit codes at the end.</summary>
    private List<string> WithGroups(string[] lines, Command root)
    {
        var known = Groups.SelectMany(g => g.Verbs).ToHashSet();
        (string Title, string[] Verbs) others = (
            Others,
            [.. root.Subcommands.Select(c => c.Name).Where(name => !known.Contains(name))]
        );
        var shown = lines.TakeWhile(line => line != "Commands:").ToList();
        foreach (var (title, verbs) in Groups.Append(others))
            AddTable(
                shown,
                title,
                [
                    .. verbs
                        .SelectMany(verb => root.Subcommands.Where(c => c.Name == verb))
                        .Select(c => (c.Name, FirstSentence().Match(c.Description!).Value)),
                ]
            );
        AddTable(
            shown,
            "Exit codes",
            [.. ExitCodeAdvice.All.Select(a => (((int)a.Code).ToString(CultureInfo.InvariantCulture), a.Meaning))]
        );
        return shown;
    }

    private void AddTable(List<string> lines, string title, IReadOnlyList<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
            return;
        var names = rows.Max(r => r.Name.Length) > 3 ? NameWidth : 3;
        lines.Add($"{title}:");
        foreach (var (name, text) in rows)
        {
            foreach (var (index, part) in TextTable.Wrap(text, Math.Min(inner.MaxWidth, Widest) - names - 4).Index())
                lines.Add($"  {(index == 0 ? name : "").PadRight(names)}  {part}");
        }
        lines.Add("");
    }

    [GeneratedRegex(@"^.*?[.](?= |$)")]
    private static partial Regex FirstSentence();
}
