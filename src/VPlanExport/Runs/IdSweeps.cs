using VPlanExport.Extractors;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>
/// The sweeps of a run: what the lake has and vPlan does not is gone. They share half of what the day's budget has left when the first one begins; the
/// other half is for what is read after them. A sweep that does not fit is left for the next run.
/// </summary>
internal sealed class IdSweeps(RunFolder folder, Sinks sinks, Extractor extractor, DeleteGuard guard, int pageSize)
{
    /// <summary>Requests that sweeps may take of those that a day has left.</summary>
    public static int ShareOf(int requestsLeft) => requestsLeft / 2;

    private readonly Lock _lock = new();
    private int? _left;

    /// <summary>The extract of an entity that has just been read, with what its sweep found.</summary>
    /// <exception cref="RefusedException">The sweep missed more rows than the guard allows.</exception>
    public async Task<EntityExtract> SweepAsync(Entity entity, EntityExtract extract, CancellationToken cancellationToken)
    {
        var live = (await sinks.CountLiveAsync([entity], cancellationToken))[0];
        if (await Extractor.FindSweepAsync(entity, folder.Store, cancellationToken) is null && Refusal(RequestsOf(entity, live)) is { } refusal)
            return extract with { Warnings = [.. extract.Warnings, refusal] };
        var swept = await extractor.SweepAsync(entity, folder.Store, hasSeen => UnseenAsync(entity, live, hasSeen, cancellationToken), cancellationToken);
        return extract with
        {
            Gone = [.. (extract.Gone ?? []).Union(swept.Gone, Ids.Comparer)],
            Swept = swept.Certificate,
            Requests = extract.Requests + swept.Requests,
            Warnings = [.. extract.Warnings, .. swept.Warnings],
        };
    }

    /// <summary>Pages, and a last look at the newest end; of the archive, too, which is part of the rows.</summary>
    private long RequestsOf(Entity entity, long live) => (live / pageSize) + (entity.Endpoint.Archived == ArchivedRows.None ? 2 : 4);

    /// <summary>Sets requests aside for a sweep; why not, when there are too few.</summary>
    private string? Refusal(long needed)
    {
        lock (_lock)
        {
            _left ??= ShareOf(extractor.RequestsLeft);
            if (needed > _left)
                return FormattableString.Invariant($"its sweep of ids takes about {needed:N0} requests and {_left:N0} are left for sweeps today (VPlan:RequestsPerDay); the next run does it.");
            _left -= (int)needed;
            return null;
        }
    }

    /// <summary>Of the rows that were there before this run; one that this run has read was there a moment ago, and waits for the next sweep.</summary>
    private async Task<IReadOnlyCollection<string>> UnseenAsync(Entity entity, long live, Func<string, bool> hasSeen, CancellationToken cancellationToken)
    {
        var unseen = await sinks.LiveIdsAsync(entity, id => !hasSeen(id), cancellationToken);
        if (unseen.Count > 0)
            unseen = [.. unseen.Except(await Extractor.LandedIdsAsync(entity.Name, folder.Store, cancellationToken), Ids.Comparer)];
        guard.Check(entity, live, unseen);
        return unseen;
    }
}
