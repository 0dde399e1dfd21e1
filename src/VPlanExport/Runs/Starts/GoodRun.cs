using VPlanExport.Package;

namespace VPlanExport.Runs.Starts;

/// <summary>The last run that brought what vPlan has: its data is as old as its start. Times are UTC.</summary>
internal sealed record GoodRun(string Id, DateTime StartedAt, DateTime EndedAt)
{
    public double DurationSeconds => Math.Round((EndedAt - StartedAt).TotalSeconds, 1);

    /// <summary>Backfills and replays do not count: they leave the rest as old as it was.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<GoodRun?> LastAsync(RunStore runs, CancellationToken cancellationToken)
    {
        foreach (var run in (await runs.AllAsync(cancellationToken)).Reverse())
        {
            if (await run.PhaseAsync(cancellationToken) != RunPhase.Committed)
                continue;
            var manifest = await run.ManifestAsync(cancellationToken);
            if (manifest.Request.MovesWatermarks)
                return new GoodRun(manifest.RunId, manifest.StartedAt, manifest.FinishedAt);
        }
        return null;
    }
}
