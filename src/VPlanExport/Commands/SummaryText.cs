using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>The summary of a run as text, the same on a terminal and in a log.</summary>
public static class SummaryText
{
    public static void Write(RunSummary summary, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Run {summary.RunId}: {summary.Request}, committed in {Cell.Number(summary.Seconds)} s, {Cell.Number(summary.Requests)} requests, {Cell.Number(summary.RequestsLeftToday)} left today{Behind(summary)}");
        output.WriteLine();
        WriteTables(summary, output, TextTable.Write);
        foreach (var warning in summary.Warnings)
            output.WriteLine("warning: " + warning);
        output.WriteLine();
    }

    /// <summary>What follows the numbers where a sink lacks the run.</summary>
    public static string Behind(RunSummary summary) => summary.Behind is null ? "" : "; the warehouse is behind";

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public static void WriteTables(RunSummary summary, TextWriter output, Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table)
    {
        table(output, ["entity", "window", "certificate", ">pages", ">rows", ">requests"],
            summary.Entities.Select(e => new[] { e.Entity, e.Window, e.Certificate, Cell.Number(e.Pages), Cell.Number(e.Rows), Cell.Number(e.Requests) }));
        output.WriteLine();
        table(output, ["table", ">read", ">written", ">changed", ">deleted", ">rejected"],
            summary.Tables.Select(t => new[] { t.Table, Cell.Number(t.Read), Cell.Number(t.Written), Cell.Number(t.Changed), Cell.Number(t.Deleted), Cell.Number(t.Rejected) }));
    }
}
