using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What a run will read: a pure function of the request, the last manifest and the settings.</summary>
/// <param name="Sequence">Grows from run to run: seconds since 1970, or one more than the last where that is not
/// larger.</param>
/// <param name="StartedAt">The run's start by this machine's clock, UTC.</param>
/// <param name="Windows">By entity, in the catalog's order.</param>
internal sealed record RunPlan(
    string RunId,
    long Sequence,
    RunRequest Request,
    DateTime StartedAt,
    IReadOnlyDictionary<string, Window> Windows
)
{
    /// <summary>The run that was committed last when this one was planned; null for none. What is read from here on is
    /// newer than what that one read.</summary>
    public string? After { get; init; }

    /// <summary>
    /// What vPlan changes from here on may not be read by this run, UTC: the earlier of the run's start by vPlan's
    /// clock and by this machine's. Either may run ahead, and to read a little twice does no harm. Null in a plan of an
    /// older version: its <see cref="StartedAt"/> then.
    /// </summary>
    public DateTime? ChangesUntil { get; init; }

    /// <summary>Entities whose ids are compared with vPlan's, too: their windows would not find deletions.</summary>
    public IReadOnlyList<string> Sweeps { get; init; } = [];

    /// <summary>The <see cref="Catalog.Shape"/> of the build that began the run, and may have made its rows; 0 where it
    /// did not say.</summary>
    public long Shape { get; init; }

    /// <summary>Of how personal data is treated (<see cref="PersonalDataPolicy.Fingerprint"/>).</summary>
    public long Privacy { get; init; }

    /// <summary>Whose data it reads; null in a plan of an earlier version.</summary>
    public VPlanEnvironment? Environment { get; init; }

    /// <summary>The time zone that its business dates are in; null in a plan of an earlier version.</summary>
    public string? Zone { get; init; }

    /// <param name="last">The newest manifest; null when there is none: then everything is read.</param>
    /// <param name="now">This machine's clock, UTC.</param>
    /// <param name="lastSequence">The largest sequence that any run or sink has had; 0 when there was none.</param>
    /// <param name="vplanNow">vPlan's clock, UTC; null when it does not say: then this machine's counts alone.</param>
    /// <param name="counts">What the lake and the day's budget hold; null for a whole budget and nothing to look back
    /// on.</param>
    internal static RunPlan Make(
        RunRequest request,
        RunManifest? last,
        DateTime now,
        long lastSequence,
        Settings settings,
        IReadOnlyList<Entity> catalog,
        DateTime? vplanNow = null,
        PlanCounts? counts = null
    )
    {
        var entities = catalog.Where(e => request.IsAbout(e.Name)).ToList();
        var earlier = vplanNow < now ? vplanNow.Value : now;
        var windows = entities.ToDictionary(e => e.Name, e => WindowOf(e, request, last, (now, earlier), settings));
        var plan = Make(request, last, now, lastSequence, settings, windows) with { ChangesUntil = earlier };
        return plan.ByTheCheaperWay(
            entities,
            last,
            settings,
            counts ?? new PlanCounts(settings.VPlan.RequestsPerDay, new Dictionary<string, LookbackCounts>())
        );
    }

    /// <summary>What a replay will read.</summary>
    /// <param name="now">This machine's clock, UTC: vPlan is not asked. A run never starts before the last one.</param>
    /// <param name="entities">Those of the records that are held.</param>
    public static RunPlan MakeReplay(
        RunManifest last,
        DateTime now,
        long lastSequence,
        Settings settings,
        IEnumerable<string> entities
    ) =>
        Make(
            new RunRequest(RunKind.Replay, []),
            last,
            now < last.StartedAt ? last.StartedAt : now,
            lastSequence,
            settings,
            entities.ToDictionary(e => e, Window (_) => new Window.Held())
        ) with
        {
            Environment = last.Environment,
        };

    private static RunPlan Make(
        RunRequest request,
        RunManifest? last,
        DateTime now,
        long lastSequence,
        Settings settings,
        Dictionary<string, Window> windows
    )
    {
        var sequence = Math.Max(new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds(), lastSequence + 1);
        return new RunPlan(
            FormattableString.Invariant($"{now:yyyyMMdd'T'HHmmss'Z'}-{sequence}"),
            sequence,
            request,
            now,
            windows
        )
        {
            After = last?.RunId,
            Sweeps =
            [
                .. windows
                    .Where(w =>
                        w.Value is Window.Since
                        && (request.Kind == RunKind.Sweep || IsDue(last!.Entities[w.Key], now, settings.Runs.SweepDays))
                    )
                    .Select(w => w.Key),
            ],
            Shape = Catalog.Shape,
            Privacy = settings.PersonalData.Fingerprint,
            Zone = settings.TimeZone.Id,
        };
    }

    /// <summary>
    /// Reads whole what takes as many requests by its parts: a whole list finds deletions as well, so it takes the
    /// place of a sweep that is due. Such a list has the sweeps' share of the day; where it does not fit in there, the
    /// sweep waits. A sweep that was asked for is made.
    /// </summary>
    private RunPlan ByTheCheaperWay(
        IEnumerable<Entity> entities,
        RunManifest? last,
        Settings settings,
        PlanCounts counts
    )
    {
        var windows = Windows.ToDictionary();
        var left = SweepStep.ShareOf(counts.RequestsLeft);
        foreach (var entity in entities.Where(e => Windows[e.Name] is Window.Since))
        {
            var estimate = new RequestEstimate(
                entity,
                last!.Entities[entity.Name],
                counts.Lookbacks.GetValueOrDefault(entity.Name),
                settings
            );
            var isSwept = Request.Kind != RunKind.Sweep && Sweeps.Contains(entity.Name) && estimate.Whole <= left;
            var parts = estimate.Parts + (isSwept ? estimate.Sweep : 0);
            if (estimate.Whole > parts)
                continue;
            left -= isSwept ? estimate.Whole : 0;
            windows[entity.Name] = new Window.Full
            {
                Because = new CheaperThanParts(estimate.Rows, estimate.Whole, parts),
            };
        }
        return this with { Windows = windows, Sweeps = [.. Sweeps.Where(name => windows[name] is Window.Since)] };
    }

    /// <summary>
    /// An entity that fits on a page is always read whole: it costs the same single request, finds deletions, and sees
    /// changes that do not move <c>updated_at</c>. So is one whose tables have been declared differently since: old
    /// rows then hold what is new, too; one whose rows were dated in another time zone; and one that was read at a time
    /// that is still to come by one of the clocks: it was set back, and what changed since may be older.
    /// </summary>
    private static Window WindowOf(
        Entity entity,
        RunRequest request,
        RunManifest? last,
        (DateTime Here, DateTime Earlier) now,
        Settings settings
    )
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now.Here, settings.TimeZone));
        if (request.Kind == RunKind.Backfill)
            return new Window.Range(request.From!.Value, request.To!.Value, settings.TimeZone);
        var state = last?.Entities.GetValueOrDefault(entity.Name);
        if (entity.Endpoint is { Per: not null, Days: var days })
            return
                days is null
                || (entity.Endpoint.Unnest is null && IsFull(entity, request, state, now.Earlier, settings))
                ? new Window.Full()
                : new Window.Range(today.AddDays(-days.Back), today.AddDays(days.Ahead), settings.TimeZone);
        return IsFull(entity, request, state, now.Earlier, settings) || state!.Rows <= settings.VPlan.PageSize
            ? new Window.Full()
            : new Window.Since(
                VPlanStamp.Before(state.Watermark!.Value, settings.Overlap),
                entity.Endpoint.Lookback is { } lookback ? today.AddDays(-lookback.Days) : null
            );
    }

    /// <summary>By days, not by hours: nights do not begin on the second.</summary>
    private static bool IsDue(EntityState state, DateTime now, int days) =>
        state.SweptAt is not { } swept || (now.Date - swept.Date).Days >= days;

    private static bool IsFull(
        Entity entity,
        RunRequest request,
        EntityState? state,
        DateTime now,
        Settings settings
    ) =>
        request.Kind == RunKind.Full
        || state?.Watermark is null
        || state.Watermark > now
        || state.SchemaHash != (entity.SchemaHash ^ settings.PersonalData.Fingerprint)
        || !Zones.IsSame(state.Zone, settings.TimeZone);
}
