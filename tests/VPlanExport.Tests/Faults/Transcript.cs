using System.Text.RegularExpressions;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>
/// What an operator sees of a fault, command by command, held to <c>Transcripts/STORY.txt</c>. Left out are the summary's tables, and what differs from time
/// to time: times, ids of runs, requests, and which entities a command that failed had read. Entities that were read side by side stand in the catalog's order.
/// </summary>
internal sealed partial class Transcript(TestExport house, string story)
{
    private readonly List<string> _lines = [];
    private readonly List<string> _runs = [];
    private readonly List<(string Text, string Instead)> _varying =
    [
        (Regex.Escape(house.VPlan.BaseUrl.ToString()), "VPLAN"),
        (Regex.Escape(house.Folder), "FOLDER"),
    ];

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests/VPlanExport.Tests/Faults/Transcripts");

    /// <summary>The day, or what is in flight when something happens, decides about numbers of rows, which are left out, too.</summary>
    public bool WithoutRows { get; init; }

    /// <summary>Tells what happens without a command.</summary>
    public void Say(string what) => _lines.AddRange(["", $"# {what}"]);

    /// <summary>What matches differs from machine to machine or from time to time.</summary>
    public void Vary(string pattern, string instead) => _varying.Add((pattern, instead));

    /// <summary>Runs a command line that ends so.</summary>
    public async Task<Outcome> RunAsync(string words, ExitCode code = ExitCode.Ok) =>
        Show(words, code, await house.InvokeAsync(words.Split(' ')));

    /// <summary>Shows the command line that made the house's first run.</summary>
    public Outcome ShowFirstRun() => Show("run", ExitCode.Ok, house.FirstRun!);

    /// <summary>Shows a command line that was run.</summary>
    public Outcome Show(string words, ExitCode code, Outcome outcome)
    {
        outcome.ShouldBe(code);
        _lines.AddRange(["", $"$ vplan-export {Plain(words)}", .. Lines(outcome), $"(exit code {outcome.Code})"]);
        return outcome;
    }

    /// <summary>Both sinks are what vPlan has, and the story is the approved one.</summary>
    public async Task EndsWellAsync()
    {
        await house.BothSinksEqualVPlanAsync();
        Say("Lake and warehouse equal vPlan.");
        Approved.ShouldBe(string.Join('\n', _lines.Skip(1)) + "\n", $"Faults/Transcripts/{story}.txt", "run the test");
    }

    private IEnumerable<string> Lines(Outcome outcome)
    {
        List<string> read = [];
        foreach (
            var line in Plain(WithoutTables().Replace(outcome.Output, "") + outcome.Errors)
                .Split('\n')
                .Select(l => l.TrimEnd())
                .Where(l => l != "" && !Progress().IsMatch(l) && !BelowTables().IsMatch(l))
        )
        {
            if (EntityRead().IsMatch(line))
            {
                read.Add(line);
                continue;
            }
            if (line.StartsWith("transform:", StringComparison.Ordinal))
            {
                foreach (var entity in WithoutRows ? [] : InOrder(read))
                    yield return entity;
                read.Clear();
            }
            yield return line;
        }
    }

    private static IEnumerable<string> InOrder(IEnumerable<string> read) =>
        read.OrderBy(line => Catalog.All.ToList().FindIndex(e => e.Name == EntityRead().Match(line).Groups[1].Value));

    private string Plain(string text)
    {
        text = _varying.Aggregate(text, (plain, varying) => Regex.Replace(plain, varying.Text, varying.Instead));
        text = Effort().Replace(Time().Replace(text, ""), "committed");
        text = RunId().Replace(Fingerprint().Replace(text, "…"), id => $"RUN-{Ordinal(id.Value)}");
        return WithoutRows ? Rows().Replace(text, "… $1rows") : text;
    }

    /// <summary>Runs are counted as they appear.</summary>
    private int Ordinal(string run)
    {
        if (!_runs.Contains(run))
            _runs.Add(run);
        return _runs.IndexOf(run) + 1;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  ", RegexOptions.Multiline)]
    private static partial Regex Time();

    [GeneratedRegex(@"committed in [\d,.]+ s, [\d,]+ requests, [\d,]+ left today")]
    private static partial Regex Effort();

    /// <summary>Checksums, and names of temporary files.</summary>
    [GeneratedRegex(@"\b([0-9A-F]{32}|[0-9a-f]{32})\b")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("[0-9,]+ (landed )?rows")]
    private static partial Regex Rows();

    [GeneratedRegex(@"\d{8}T\d{6}Z-\d+")]
    private static partial Regex RunId();

    [GeneratedRegex("^(extract: [a-z_]+: [0-9,]+ pages?, |Settings: )")]
    private static partial Regex Progress();

    /// <summary>What the summary says of its tables.</summary>
    [GeneratedRegex(@"^(Rows are those of all pages\. .*|(In [\d,]+ other tables? n|N)othing changed\.)$")]
    private static partial Regex BelowTables();

    [GeneratedRegex("^extract: ([a-z_]+): ")]
    private static partial Regex EntityRead();

    [GeneratedRegex(@"^(entity +window|table +read) .*\n-.*\n(.+\n)*?(?=\n|warning:|\z)", RegexOptions.Multiline)]
    private static partial Regex WithoutTables();
}
