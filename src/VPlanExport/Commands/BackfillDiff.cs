using System.Globalization;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>What a backfill would change.</summary>
/// <param name="Base">The run that it was compared with; null for none.</param>
/// <param name="Requests">Requests that it took to tell.</param>
/// <param name="Plan">The file that keeps it; null for none.</param>
internal sealed record BackfillDiff(string Request, string? Base, IReadOnlyList<DiffLine> Lines, long Added, long Changed, long Gone, long Requests, string? Plan)
{
    /// <param name="asked">Requests sent before the plan was made.</param>
    /// <param name="file">Where it is kept; null for nowhere.</param>
    public static BackfillDiff Of(BackfillPlan plan, int asked, string? file) => new(
        plan.Request.ToString(), plan.Base, plan.Lines, plan.Lines.Sum(l => l.Added), plan.Lines.Sum(l => l.Changed), plan.Lines.Sum(l => l.Gone), plan.Requests + asked, file);

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public void Write(TextWriter output, Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table)
    {
        output.WriteLine($"{Request}: what it would change{(Base is null ? "" : $" after run {Base}")}. Nothing was published.");
        output.WriteLine();
        table(output, ["table", "month", ">added", ">changed", ">gone", ">minutes"],
        [
            .. Lines.Select(l => new[] { l.Table, l.Month, Cell.Number(l.Added), Cell.Number(l.Changed), Cell.Number(l.Gone), l.Minutes is { } minutes ? minutes.ToString("+#,##0;-#,##0;0", CultureInfo.InvariantCulture) : "" }),
            ["total", "", Cell.Number(Added), Cell.Number(Changed), Cell.Number(Gone), ""],
        ]);
        output.WriteLine();
        output.WriteLine($"It took {Cell.Number(Requests)} requests.{(Plan is null ? "" : $" The plan is in {Plan}; to publish exactly this: vplan-export backfill --apply {Plan}")}");
    }
}
