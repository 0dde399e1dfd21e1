using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>Refuses a run that would delete a large part of what there is: more likely a fault than a clean-up.</summary>
internal sealed class DeleteGuard(Sinks sinks, RunSettings settings)
{
    private const int Named = 20;

    /// <exception cref="RefusedException">More of an entity would be deleted than the settings allow.</exception>
    public async Task CheckAsync(IReadOnlyDictionary<string, EntityExtract> extracts, IStore run, CancellationToken cancellationToken)
    {
        var read = Catalog.All.Where(e => extracts.GetValueOrDefault(e.Name) is { Unavailable: null, Parents: null }).ToList();
        foreach (var (entity, live) in read.Zip(await sinks.CountLiveAsync(read, cancellationToken)))
        {
            var extract = extracts[entity.Name];
            if (extract.Gone is { } gone)
                Check(entity, live, gone);
            else if (extract.Window is Window.Full && live > 0)
                Check(entity, live, await sinks.AbsentIdsAsync(entity, run, cancellationToken));
        }
    }

    /// <param name="live">Rows that there are.</param>
    /// <param name="gone">Ids of those that would be deleted.</param>
    /// <exception cref="RefusedException">They are more than the settings allow.</exception>
    public void Check(Entity entity, long live, IReadOnlyCollection<string> gone)
    {
        if (gone.Count <= Allowed(live))
            return;
        var ids = string.Join(", ", gone.Order(StringComparer.Ordinal).Take(Named)) + (gone.Count > Named ? FormattableString.Invariant($" and {gone.Count - Named:N0} more") : "");
        throw new RefusedException(
            FormattableString.Invariant($"Entity {entity.Name}: of the {live:N0} rows that there are, vPlan no longer gives {gone.Count:N0}; they would be deleted, and {Allowed(live):N0} are allowed ")
            + FormattableString.Invariant($"(Runs:MaxDeletePercent {settings.MaxDeleteShare * 100:0}, Runs:MinDeletes {settings.MinDeletes}{(settings.AllowedDeletes > 0 ? FormattableString.Invariant($", --allow-deletes {settings.AllowedDeletes}") : "")}). ")
            + FormattableString.Invariant($"Nothing was published. Look in vPlan whether this is meant; if it is, run once more with: --allow-deletes {gone.Count}. Their ids: {ids}"));
    }

    private long Allowed(long live) => Math.Max(Math.Max(settings.AllowedDeletes, settings.MinDeletes), (long)(settings.MaxDeleteShare * live));
}
