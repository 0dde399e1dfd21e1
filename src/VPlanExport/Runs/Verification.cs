using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>
/// Compares vPlan's counts with the lake's records, and every value of the lake with the warehouse's. Records that vPlan
/// made since an entity was last read are not missing yet; everything else that differs is reported.
/// </summary>
public sealed record Verification(string RunId, IReadOnlyList<VerifiedEntity> Entities, IReadOnlyList<VerifiedTable> Tables)
{
    /// <summary>What differs and what to do about it, one line each.</summary>
    public IReadOnlyList<string> Differences =>
        [.. Entities.Select(e => e.Difference).Concat(Tables.Select(t => t.Difference)).OfType<string>()];

    /// <summary>No run may be at work meanwhile.</summary>
    /// <param name="last">The run that was committed last.</param>
    /// <param name="findsRows">Finds the rows that differ, too.</param>
    public static async Task<Verification> MakeAsync(
        IReadOnlyList<Entity> entities, RunManifest last, RunStore runs, Sinks sinks, Extractor extractor, bool findsRows,
        CancellationToken cancellationToken)
    {
        var held = await runs.Open(last.RunId).QuarantineAsync(cancellationToken);
        var counted = new RecordCount(sinks.Lake, extractor, held);
        var verified = new List<VerifiedEntity>();
        foreach (var entity in entities.Where(e => e.Endpoint.Per is null))
        {
            if (last.Entities.GetValueOrDefault(entity.Name)?.Watermark is { } readAt)
                verified.Add(await counted.CompareAsync(entity, readAt, cancellationToken));
        }
        var named = entities.SelectMany(e => e.Tables).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var tables = Catalog.Tables.Where(t => entities.Count == Catalog.All.Count || named.Contains(t.Name)).ToList();
        return new Verification(last.RunId, verified, await CompareAsync(tables, sinks, findsRows, cancellationToken));
    }

    private static async Task<IReadOnlyList<VerifiedTable>> CompareAsync(
        List<Table> tables, Sinks sinks, bool findsRows, CancellationToken cancellationToken)
    {
        var inWarehouse = sinks.Warehouse.ReadAsync(tables, ContentSum.Of, cancellationToken);
        var both = await Task.WhenAll(InLakeAsync(tables, sinks.Lake, cancellationToken), inWarehouse);
        var compared = tables.Zip(both[0], both[1]).Select(t => new VerifiedTable(t.First, t.Second, t.Third)).ToList();
        for (var i = 0; findsRows && i < compared.Count; i++)
        {
            if (compared[i].DifferentMonths is not { Count: > 0 } months)
                continue;
            var rows = await RowDifferences.FindAsync(tables[i], months, sinks, cancellationToken);
            compared[i] = compared[i] with { DifferentRows = rows };
        }
        return compared;
    }

    private static async Task<IReadOnlyList<TableContent>> InLakeAsync(
        List<Table> tables, Lake lake, CancellationToken cancellationToken)
    {
        var contents = new List<TableContent>();
        foreach (var table in tables)
            contents.Add(await ContentSum.OfAsync(table, lake.ReadAsync(table, cancellationToken: cancellationToken)));
        return contents;
    }
}
