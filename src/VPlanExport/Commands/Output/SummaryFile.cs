using System.Globalization;
using VPlanExport.Runs;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Output;

/// <summary>
/// Shows what another reporter shows, and writes it as Markdown to a file when the command has ended, well or not.
/// Until then the file says that it has not, which is what is left of a process that was killed.
/// </summary>
internal sealed class SummaryFile : Reporter
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string _command;
    private readonly Reporter _shown;
    private readonly TimeProvider _clock;
    private readonly Func<string, string> _mask;
    private readonly DateTimeOffset _began;
    private readonly List<Action<TextWriter>> _sections = [];
    private readonly List<string[]> _read = [];
    private readonly List<string> _warnings = [];
    private string? _phase;
    private int? _requestsLeft;

    private SummaryFile(string path, string command, Reporter shown, TimeProvider clock, Func<string, string> mask) =>
        (_path, _command, _shown, _clock, _mask, _began) = (
            Path.GetFullPath(path),
            command,
            shown,
            clock,
            mask,
            clock.GetUtcNow()
        );

    /// <param name="command">Such as <c>vplan-export run</c>.</param>
    /// <param name="mask">A text without its secrets.</param>
    /// <exception cref="ConfigurationException">The file cannot be written.</exception>
    public static SummaryFile Begin(
        string path,
        string command,
        Reporter shown,
        TimeProvider clock,
        Func<string, string> mask
    ) =>
        GivenFile.Open(
            "--summary",
            path,
            () =>
            {
                var file = new SummaryFile(path, command, shown, clock, mask);
                file.Save(
                    $"# {command}: not ended{Environment.NewLine}{Environment.NewLine}Began "
                        + $"{Time(file._began)}.{Environment.NewLine}"
                );
                return file;
            }
        );

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Started e:
                    _phase = $"{e.Phase} of run {e.RunId} ({e.Detail})";
                    break;
                case RunEvent.PagesRead e:
                    _requestsLeft = e.Progress.RequestsLeft;
                    break;
                case RunEvent.Read e:
                    _read.Add([e.Entity, e.Certificate]);
                    break;
                case RunEvent.Warning e:
                    _warnings.Add(e.Message);
                    break;
            }
        }
        _shown.Tell(happened);
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText)
    {
        _sections.Add(
            fields switch
            {
                BackfillCost cost => output => cost.Write(output, Markdown.Table),
                BackfillDiff diff => output => diff.WriteWithRows(output, Markdown.Table),
                AppliedRun applied => output => SummaryMarkdown.Write(applied, output),
                RollbackSummary rollback => output => RollbackCommand.Write(rollback, output, Markdown.Table),
                _ => output => output.WriteLine(Markdown.Text(TextOf(asText))),
            }
        );
        _shown.Show(name, fields, asText);
    }

    public override void Show(RunSummary summary)
    {
        _sections.Add(output => SummaryMarkdown.Write(summary, output));
        _warnings.AddRange(summary.Warnings);
        _shown.Show(summary);
    }

    public override Task<T> DuringAsync<T>(Func<Task<T>> work) => _shown.DuringAsync(work);

    public override void Attach(string path) => _shown.Attach(path);

    /// <summary>Writes the file and attaches it. What was done is not undone because it cannot be written.</summary>
    /// <param name="failure">Null when the command ended well.</param>
    public void End(Failure? failure)
    {
        try
        {
            Save(TextOf(output => Write(failure, output)));
            Attach(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _shown.Tell(new RunEvent.Warning($"The summary {_path} could not be written: {e.Message}"));
        }
    }

    private void Save(string text)
    {
        using var file = new StreamWriter(PrivateFiles.Open(_path, FileMode.Create));
        file.Write(_mask(text));
    }

    private void Write(Failure? failure, TextWriter output)
    {
        output.WriteLine($"# {_command}: {(failure is null ? "done" : "failed")}");
        output.WriteLine();
        output.WriteLine($"Began {Time(_began)}, ended {Time(_clock.GetUtcNow())}.");
        if (failure is not null)
            _sections.AddRange([section => SummaryMarkdown.Write(failure, section), WriteProgress]);
        if (_warnings.Count > 0)
            _sections.Add(section => SummaryMarkdown.Write(_warnings.Distinct(), section));
        foreach (var section in _sections)
        {
            output.WriteLine();
            section(output);
        }
    }

    /// <summary>How far a command came that failed.</summary>
    private void WriteProgress(TextWriter output)
    {
        output.WriteLine(
            $"**Last phase:** {Markdown.Text(_phase ?? "none began")}."
                + (
                    _requestsLeft is { } left
                        ? FormattableString.Invariant($" {left:N0} requests were left today.")
                        : ""
                )
        );
        if (_read.Count == 0)
            return;
        output.WriteLine();
        Markdown.Table(output, ["entity", "certificate"], _read);
    }

    private static string TextOf(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        return text.ToString().TrimEnd() + Environment.NewLine;
    }

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What a command shows, as Markdown.</summary>
internal static class SummaryMarkdown
{
    public static void Write(RunSummary summary, TextWriter output)
    {
        output.WriteLine($"## Run {summary.RunId}: {summary.Request}");
        output.WriteLine();
        output.WriteLine(
            $"Committed in {ValueText.Number(summary.Seconds)} s, {ValueText.Number(summary.Requests)} requests, "
                + $"{ValueText.Number(summary.RequestsLeftToday)} left today{SummaryText.Behind(summary)}."
        );
        output.WriteLine();
        SummaryText.WriteTables(
            summary,
            output,
            (headings, rows, _) => Markdown.Table(output, headings, rows),
            output.WriteLine
        );
    }

    public static void Write(AppliedRun applied, TextWriter output)
    {
        output.WriteLine($"## Run {applied.Run}: applied");
        if (applied.Load is not { } load)
            return;
        output.WriteLine();
        Markdown.Table(
            output,
            ["table", ">written", ">changed", ">deleted"],
            load.Tables.Select(t =>
                new[]
                {
                    t.Table,
                    ValueText.Number(t.Inserted),
                    ValueText.Number(t.Changed),
                    ValueText.Number(t.Deleted),
                }
            )
        );
    }

    public static void Write(Failure failure, TextWriter output)
    {
        var advice = ExitCodeAdvice.Of(failure.Code);
        output.WriteLine($"**What happened:** {Markdown.Text(failure.Message)}");
        output.WriteLine();
        output.WriteLine($"**Exit code {(int)failure.Code}:** {advice.Meaning}. **What to do:** {advice.Advice}.");
    }

    public static void Write(IEnumerable<string> warnings, TextWriter output)
    {
        output.WriteLine("## Warnings");
        output.WriteLine();
        foreach (var warning in warnings)
            output.WriteLine($"- {Markdown.Text(warning)}");
    }
}

/// <summary>The summary of a run as text, the same on a terminal and in a log.</summary>
internal static class SummaryText
{
    /// <param name="width">Characters of a line; 0 for as many as it takes.</param>
    public static void Write(RunSummary summary, TextWriter output, int width = 0)
    {
        var isLeftOut = false;
        output.WriteLine();
        Sentence(Head(summary));
        output.WriteLine();
        WriteTables(
            summary,
            output,
            (headings, rows, fit) => isLeftOut |= TextTable.Write(output, headings, rows, width, fit),
            Sentence
        );
        if (isLeftOut)
            Sentence("What did not fit is in summary.json in the run's folder.");
        foreach (var warning in summary.Warnings)
            Sentence("warning: " + warning);
        output.WriteLine();

        void Sentence(string text)
        {
            foreach (var line in TextTable.Wrap(text, width))
                output.WriteLine(line);
        }
    }

    /// <summary>One line.</summary>
    public static string Head(RunSummary summary) =>
        $"Run {summary.RunId}: {summary.Request}, committed in {ValueText.Number(summary.Seconds)} s, "
        + $"{ValueText.Count(summary.Requests, "request", "requests")}, "
        + $"{ValueText.Number(summary.RequestsLeftToday)} left today{Behind(summary)}";

    /// <summary>What follows the numbers where a sink lacks the run.</summary>
    public static string Behind(RunSummary summary) => summary.Behind is null ? "" : "; the warehouse is behind";

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    /// <param name="sentence">Writes a sentence.</param>
    public static void WriteTables(
        RunSummary summary,
        TextWriter output,
        Action<IReadOnlyList<string>, IReadOnlyList<string[]>, TableFit> table,
        Action<string> sentence
    )
    {
        table(
            ["entity", "window", "certificate", ">pages", ">rows", ">requests"],
            [
                .. summary.Entities.Select(e =>
                    new[]
                    {
                        e.Entity,
                        e.Window,
                        e.Certificate,
                        ValueText.Number(e.Pages),
                        ValueText.Number(e.Rows),
                        ValueText.Number(e.Requests),
                    }
                ),
            ],
            new TableFit(Elastic: 1, LeaveOut: [3, 5, 1, 4])
        );
        if (summary.Entities.Any(e => e.Certificate.Contains(Reread, StringComparison.Ordinal)))
        {
            output.WriteLine();
            sentence(
                "Rows are those of all pages. A row that was re-read came on two of them, because pages overlap so "
                    + "that none is missed, and counts once."
            );
        }
        output.WriteLine();
        WriteChanges(summary, output, table, sentence);
    }

    /// <summary>As a certificate says it.</summary>
    private const string Reread = " re-read";

    /// <summary>Only the tables that something was done to.</summary>
    private static void WriteChanges(
        RunSummary summary,
        TextWriter output,
        Action<IReadOnlyList<string>, IReadOnlyList<string[]>, TableFit> table,
        Action<string> sentence
    )
    {
        var changed = summary.Tables.Where(t => t.Written + t.Changed + t.Deleted + t.Rejected > 0).ToList();
        if (changed.Count == 0)
        {
            sentence("Nothing changed.");
            return;
        }
        table(
            ["table", ">read", ">written", ">changed", ">deleted", ">rejected"],
            [
                .. changed.Select(t =>
                    new[]
                    {
                        t.Table,
                        ValueText.Number(t.Read),
                        ValueText.Number(t.Written),
                        ValueText.Number(t.Changed),
                        ValueText.Number(t.Deleted),
                        ValueText.Number(t.Rejected),
                    }
                ),
            ],
            new TableFit(Elastic: 0, LeaveOut: [1])
        );
        if (summary.Tables.Count - changed.Count is var same and > 0)
        {
            output.WriteLine();
            sentence($"In {ValueText.Count(same, "other table", "other tables")} nothing changed.");
        }
    }
}
