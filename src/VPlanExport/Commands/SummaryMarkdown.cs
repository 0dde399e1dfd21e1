using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>What a command shows, as Markdown.</summary>
internal static class SummaryMarkdown
{
    public static void Write(RunSummary summary, TextWriter output)
    {
        output.WriteLine($"## Run {summary.RunId}: {summary.Request}");
        output.WriteLine();
        output.WriteLine($"Committed in {Cell.Number(summary.Seconds)} s, {Cell.Number(summary.Requests)} requests, {Cell.Number(summary.RequestsLeftToday)} left today{SummaryText.Behind(summary)}.");
        output.WriteLine();
        SummaryText.WriteTables(summary, output, Markdown.Table);
    }

    public static void Write(AppliedRun applied, TextWriter output)
    {
        output.WriteLine($"## Run {applied.Run}: applied");
        if (applied.Load is not { } load)
            return;
        output.WriteLine();
        Markdown.Table(output, ["table", ">written", ">changed", ">deleted"], load.Tables.Select(t => new[] { t.Table, Cell.Number(t.Inserted), Cell.Number(t.Changed), Cell.Number(t.Deleted) }));
    }

    public static void Write(Failure failure, TextWriter output)
    {
        var advice = ExitAdvice.Of(failure.Code);
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
