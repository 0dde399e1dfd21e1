using VPlanExport.Configuration;

namespace VPlanExport.Runs.Backfill;

/// <summary>The requests of a day that a backfill leaves to the nightly run.</summary>
internal static class RequestReserve
{
    private const int Days = 8;

    /// <summary>As many as the greediest of the last days' runs sent, weekly reads among them; half of a day's where
    /// there was none.</summary>
    public static async Task<int> OfAsync(
        RunStore runs,
        Settings settings,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var since = now.AddDays(-Days).ToUnixTimeSeconds();
        var sent = new List<int>();
        foreach (var run in (await runs.CommittedAsync(cancellationToken)).Where(r => r.Sequence >= since))
        {
            if (await run.ManifestAsync(cancellationToken) is { Request.MovesWatermarks: true } manifest)
                sent.Add(manifest.Requests);
        }
        return sent.Count > 0 ? sent.Max() : settings.VPlan.RequestsPerDay / 2;
    }
}
