using VPlanExport.Entities;

namespace VPlanExport.Runs;

/// <summary>What a rollback left.</summary>
/// <param name="RunId">The last run that counts.</param>
/// <param name="IsDone">False when there was nothing to undo.</param>
/// <param name="Undone">Ids of the runs that no longer count, oldest first.</param>
/// <param name="ReadsFrom">The oldest watermark, UTC: from there on the next run reads what vPlan has changed. Null when it reads everything.</param>
public sealed record RollbackSummary(string RunId, string Request, DateTime StartedAt, bool IsDone, IReadOnlyList<string> Undone, DateTime? ReadsFrom, IReadOnlyList<LiveTable> Tables)
{
    /// <param name="live">Rows by table, in the catalog's order.</param>
    internal static RollbackSummary Of(RunManifest run, bool isDone, IReadOnlyList<RunFolder> undone, IReadOnlyList<long> live) => new(
        run.RunId, run.Request.ToString(), run.StartedAt, isDone, [.. undone.Select(r => r.RunId)],
        run.Entities.Values.Min(e => e.Watermark), [.. Catalog.Tables.Zip(live, (table, rows) => new LiveTable(table.Name, rows))]);
}

/// <param name="Rows">Those that vPlan has, as far as it is known.</param>
public sealed record LiveTable(string Table, long Rows);
