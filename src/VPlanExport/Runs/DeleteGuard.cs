using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Transformers;

namespace VPlanExport.Runs;

/// <summary>Refuses a complete read that would delete a large part of what there is: more likely a fault than a clean-up.</summary>
internal static class DeleteGuard
{
    /// <exception cref="RefusedException">An entity shrank by more than the settings allow.</exception>
    public static async Task CheckAsync(TransformResult rows, IWarehouse warehouse, RunSettings settings, CancellationToken cancellationToken)
    {
        var complete = Catalog.All.Where(e => rows.Tables.Single(t => t.Table == e.Main.Name).Claims.Any(c => c.IsComplete)).ToList();
        var live = await warehouse.CountLiveAsync([.. complete.Select(e => e.Main)], cancellationToken);
        foreach (var (entity, rowsBefore) in complete.Zip(live))
            Check(entity.Name, rowsBefore, rows.Entities[entity.Name], settings);
    }

    private static void Check(string entity, long live, EntityCounts counts, RunSettings settings)
    {
        var lost = live - counts.Accepted - counts.Rejected;
        var allowed = Math.Max(settings.MinDeletes, (long)(settings.MaxDeleteShare * live));
        if (lost > allowed)
            throw new RefusedException(FormattableString.Invariant(
                $"Entity {entity}: the warehouse has {live:N0} rows and vPlan now gives {counts.Accepted:N0}: {lost:N0} would be deleted, more than the {allowed:N0} allowed ")
                + FormattableString.Invariant($"(Runs:MaxDeletePercent {settings.MaxDeleteShare * 100:0}, Runs:MinDeletes {settings.MinDeletes}). ")
                + "Nothing was published. Look in vPlan whether this is meant; if it is, run once more with: --set Runs:MaxDeletePercent=100");
    }
}
