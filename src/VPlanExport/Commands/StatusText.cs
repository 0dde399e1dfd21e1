using VPlanExport.Commands.Output;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands;

/// <summary>The status as text: the verdict, what needs someone, then the rest, fitted to a width.</summary>
/// <param name="width">Characters of a line; 0 for as many as it takes.</param>
internal sealed class StatusText(StatusReport status, TextWriter output, int width)
{
    private const int StartsShown = 5;

    private bool _leftOut;

    /// <summary>The figures have bars and lines.</summary>
    public bool IsDrawn { get; init; }

    /// <param name="withWarnings">Whether the warnings are part of the text.</param>
    public void Write(bool withWarnings)
    {
        Line(status.Verdict.Sentence(status.Zone));
        if (status is { Verdict: { State: VerdictState.Failed, Last.ExitCode: { } code } })
            Line($"What to do: {ExitCodeAdvice.Of((ExitCode)code).Advice}.");
        if (status.Runs.Count == 0)
            Line("No run yet. Start one with: vplan-export run");
        if (withWarnings)
            status.Warnings.ToList().ForEach(warning => Line($"warning: {warning}"));
        if (status.WarehouseProblem is { } problem)
            Line($"No freshness of tables: {problem}");
        if (status.FiguresProblem is { } missing)
            Line($"No figures: {missing}");
        if (status.Entities.Sum(e => e.Held) is var held and > 0)
            Line($"{held} rejected rows are in the quarantine: vplan-export rejects list");
        output.WriteLine();
        if (status.Drawn.Count > 0)
        {
            _leftOut |= FiguresText.Write(status.Drawn, output, width, IsDrawn);
            output.WriteLine();
        }
        WriteTables();
        Line($"Signed in by: {status.SignIn?.Describe(status.Verdict.Now) ?? "key (VPlan:ApiKey)"}.");
        Line($"Work folder: {status.WorkFolder}.");
        Line($"Requests today: {status.RequestsUsedToday} of {status.RequestsPerDay}.");
        Line($"{status.Places}");
        if (_leftOut)
            Line("What did not fit is in: vplan-export status --format json");
    }

    private void WriteTables()
    {
        Section(
            ["start", "command", "state", ">exit", ">requests", ">seconds", "message"],
            status
                .Starts.Take(StartsShown)
                .Select(s =>
                    new[]
                    {
                        ValueText.Second(s.StartedAt),
                        s.Command,
                        s.State,
                        Text(s.ExitCode),
                        Text(s.Requests),
                        Text(s.Seconds),
                        Message(s),
                    }
                ),
            new TableFit(Elastic: 6, [5, 4])
        );
        Section(
            ["run", "what", "state", "started", ">requests"],
            status.Runs.Select(r => new[] { r.Run, r.What, r.State, Text(r.StartedAt), Text(r.Requests) }),
            new TableFit(Elastic: 1, [3, 4, 2])
        );
        Section(
            ["entity", "watermark", "ids compared", "certificate", "balanced", ">in quarantine"],
            status.Entities.Select(e =>
                new[]
                {
                    e.Entity,
                    e.Watermark is null ? "never read" : Text(e.Watermark),
                    Text(e.SweptAt),
                    e.Proof?.Certificate ?? "",
                    e.Proof?.Balanced ?? "",
                    Text(e.Held),
                }
            ),
            new TableFit(Elastic: 3, [4, 2, 3])
        );
        Section(
            ["table", ">rows", "last run", "loaded at"],
            status.Tables.Select(t => new[] { t.Table, Text(t.Rows), t.LastRun, t.LoadedAt }),
            new TableFit(Elastic: 2, [2, 3])
        );
    }

    private void Section(string[] headings, IEnumerable<string[]> lines, TableFit fit)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        _leftOut |= TextTable.Write(output, headings, all, width, fit);
        output.WriteLine();
    }

    private void Line(string text)
    {
        foreach (var line in TextTable.Wrap(text.ReplaceLineEndings(" "), width))
            output.WriteLine(line);
    }

    /// <summary>What failed before the last good run needs nobody any more.</summary>
    private string Message(StartLine start) => start.StartedAt < status.LastGoodRun?.EndedAt ? "" : start.Message ?? "";

    private static string Text(object? value) => ValueText.Text(value);
}
