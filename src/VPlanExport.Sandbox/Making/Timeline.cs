namespace VPlanExport.Sandbox;

/// <summary>
/// The days the data is laid over: 18 months back to three months ahead of today. `Cutoff` is the last moment at which
/// anything was made or changed: half past eight UTC today, or the clock when that is earlier.
/// </summary>
internal sealed class Timeline
{
    private const int DaysBack = 548;
    private const int DaysAhead = 90;

    public Timeline(SandboxOptions options)
    {
        var now = options.Clock.GetUtcNow();
        Today = options.Today ?? DateOnly.FromDateTime(now.UtcDateTime);
        First = Today.AddDays(-DaysBack);
        Last = Today.AddDays(DaysAhead);
        var halfPastEight = DutchTime.Midnight(Today) + 8 * 3600 + 1800;
        Cutoff =
            DateOnly.FromDateTime(now.UtcDateTime) == Today
                ? Math.Min(halfPastEight, now.ToUnixTimeSeconds())
                : halfPastEight;
    }

    public DateOnly Today { get; }

    public DateOnly First { get; }

    public DateOnly Last { get; }

    public long Cutoff { get; }

    public int Days => DaysBack + DaysAhead;

    /// <summary>When the firm went live with vPlan: configuration and imported master data bear this second.</summary>
    public long GoLive => DutchTime.ToUtc(First.AddDays(-30), 11 * 60);

    /// <summary>A moment no later than the cutoff.</summary>
    public long Past(long moment) => Math.Min(moment, Cutoff);
}
