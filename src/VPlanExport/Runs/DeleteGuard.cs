using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>Refuses a run that would delete a large part of what there is: more likely a fault than a
/// clean-up.</summary>
internal sealed class DeleteGuard(Baseline baseline, RunSettings settings)
{
    private const int Named = 20;
    private const int SmallTable = 20;
    private const string HalfRule = "half of a table of 20 rows or more";

    /// <param name="tables">What the run changes in each table.</param>
    /// <exception cref="RefusedException">More of an entity would be deleted than the settings allow.</exception>
    public async Task CheckAsync(
        IReadOnlyDictionary<string, LandedEntity> extracts,
        IReadOnlyList<TableChange> tables,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var read = Catalog.All.Where(e => extracts.GetValueOrDefault(e.Name) is { Unavailable: null }).ToList();
        foreach (var (entity, live) in read.Zip(await baseline.CountLiveAsync(read, cancellationToken)))
        {
            var extract = extracts[entity.Name];
            if (extract.Parents is not null)
                CheckLists(entity, live, tables.Single(t => t.Table == entity.Main.Name).Deleted.Count);
            else if (extract.Deleted is { } gone)
                Check(entity, live, gone);
            else if (extract.Window is Window.Full && live > 0)
                Check(entity, live, await baseline.AbsentIdsAsync(entity, run, cancellationToken));
        }
    }

    /// <param name="live">Rows that there are.</param>
    /// <param name="gone">Ids of those that would be deleted.</param>
    /// <exception cref="RefusedException">They are more than the settings allow.</exception>
    public void Check(Entity entity, long live, IReadOnlyCollection<string> gone)
    {
        var bySettings = Math.Max(settings.MinDeletes, (long)(settings.MaxDeleteShare * live));
        var (limit, rule) =
            bySettings <= HalfOf(live)
                ? (
                    bySettings,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Runs:MaxDeletePercent {settings.MaxDeleteShare * 100:0}, Runs:MinDeletes "
                            + $"{settings.MinDeletes}"
                    )
                )
                : (HalfOf(live), HalfRule);
        if (gone.Count <= Math.Max(settings.AllowedDeletes, limit))
            return;
        var ids =
            string.Join(", ", gone.Order(StringComparer.Ordinal).Take(Named))
            + (gone.Count > Named ? FormattableString.Invariant($" and {gone.Count - Named:N0} more") : "");
        throw Refusal(entity, live, gone.Count, limit, rule, $" Their ids: {ids}");
    }

    /// <summary>The days of a person who leaves are many of the rows that are listed by person, so only the half counts
    /// here.</summary>
    private void CheckLists(Entity entity, long live, int gone)
    {
        if (gone > Math.Max(settings.AllowedDeletes, HalfOf(live)))
            throw Refusal(entity, live, gone, HalfOf(live), HalfRule, "");
    }

    private RefusedException Refusal(Entity entity, long live, int gone, long limit, string rule, string ids) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Entity {entity.Name}: of the {live:N0} rows that there are, vPlan no longer gives {gone:N0}; they "
                    + $"would be deleted, and {Math.Max(settings.AllowedDeletes, limit):N0} are allowed ({rule}"
                    + $"{Allowed}). Nothing was published. Look in vPlan whether this is meant; if it is, run once "
                    + $"more with: --allow-deletes {gone}.{ids}"
            )
        );

    private string Allowed =>
        settings.AllowedDeletes > 0 ? FormattableString.Invariant($", --allow-deletes {settings.AllowedDeletes}") : "";

    /// <summary>A list that came back empty or cut is more likely than a clean-up of most of a table; below so many
    /// rows nobody is asked.</summary>
    private static long HalfOf(long live) => live < SmallTable ? long.MaxValue : live / 2;
}
