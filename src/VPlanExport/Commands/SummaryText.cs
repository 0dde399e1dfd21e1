using System.Globalization;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>The summary of a run as text, the same on a terminal and in a log.</summary>
public static class SummaryText
{
    public static void Write(RunSummary summary, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Run {summary.RunId}: {summary.Request}, committed in {Number(summary.Seconds)} s, {Number(summary.Requests)} requests, {Number(summary.RequestsLeftToday)} left today");
        output.WriteLine();
        WriteTables(summary, output, TextTable.Write);
        foreach (var warning in summary.Warnings)
            output.WriteLine("warning: " + warning);
        output.WriteLine();
    }

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public static void WriteTables(RunSummary summary, TextWriter output, Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table)
    {
        table(output, ["entity", "window", "certificate", ">pages", ">rows", ">requests"],
            summary.Entities.Select(e => new[] { e.Entity, e.Window, e.Certificate, Number(e.Pages), Number(e.Rows), Number(e.Requests) }));
        output.WriteLine();
        table(output, ["table", ">read", ">written", ">changed", ">deleted", ">rejected"],
            summary.Tables.Select(t => new[] { t.Table, Number(t.Read), Number(t.Written), Number(t.Changed), Number(t.Deleted), Number(t.Rejected) }));
    }

    private static string Number(double value) => value.ToString("#,##0.#", CultureInfo.InvariantCulture);
}
