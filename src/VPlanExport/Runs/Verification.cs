using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Loaders.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>
/// The certificate, made anew from what there is now: vPlan's counts, the lake and the warehouse. Rows that vPlan made since an entity was last read are
/// not missing yet; everything else that differs is told.
/// </summary>
public sealed record Verification(string RunId, IReadOnlyList<VerifiedEntity> Entities, IReadOnlyList<VerifiedTable> Tables)
{
    /// <summary>What differs and what to do about it, one line each.</summary>
    public IReadOnlyList<string> Differences => [.. Entities.Select(e => e.Difference).OfType<string>(), .. Tables.Select(t => t.Difference).OfType<string>()];

    /// <summary>No run may be at work meanwhile.</summary>
    /// <param name="last">The run that was committed last.</param>
    public static async Task<Verification> MakeAsync(IReadOnlyList<Entity> entities, RunManifest last, RunStore runs, Sinks sinks, Extractor extractor, CancellationToken cancellationToken)
    {
        var held = await runs.Open(last.RunId).QuarantineAsync(cancellationToken);
        var verified = new List<VerifiedEntity>();
        foreach (var entity in entities.Where(e => e.Endpoint.Per is null))
        {
            if (last.Entities.GetValueOrDefault(entity.Name)?.Watermark is { } readAt)
                verified.Add(await MakeAsync(entity, readAt, [.. held.Where(h => h.Entity == entity.Name && h.Rows.Any(r => r.Table == entity.Main.Name)).Select(h => h.Id)], sinks, extractor, cancellationToken));
        }
        List<Table> tables = [.. Catalog.Tables.Where(t => entities.Count == Catalog.All.Count || entities.Any(e => e.Tables.Any(own => own.Name == t.Name)))];
        var inWarehouse = await sinks.Warehouse.ContentAsync(tables, cancellationToken);
        var compared = new List<VerifiedTable>();
        foreach (var (table, warehouse) in tables.Zip(inWarehouse))
            compared.Add(new VerifiedTable(table.Name, await sinks.Lake.ContentAsync(table, cancellationToken), warehouse));
        return new Verification(last.RunId, verified, compared);
    }

    private static async Task<VerifiedEntity> MakeAsync(Entity entity, DateTime readAt, HashSet<string> heldIds, Sinks sinks, Extractor extractor, CancellationToken cancellationToken)
    {
        var count = await extractor.CountMadeBeforeAsync(entity, readAt, cancellationToken);
        var live = 0L;
        await foreach (var batch in sinks.Lake.ReadAsync(entity.Main, columns: [entity.Main.Id!.Name, "is_inferred", "is_deleted", "source_created_at"], cancellationToken: cancellationToken))
        {
            var (ids, made) = (batch.Typed<string>(entity.Main.Id!.Name), batch.Typed<DateTime>("source_created_at"));
            foreach (var row in Lake.LiveRows(batch))
            {
                heldIds.Remove(ids[row]);
                live += made.IsNull(row) || made[row] < readAt ? 1 : 0;
            }
        }
        return new VerifiedEntity(entity.Name, readAt, count, live, heldIds.Count);
    }
}

/// <summary>An entity's records.</summary>
/// <param name="ReadAt">When the entity was last read, UTC: only records made before are compared.</param>
/// <param name="InVPlan">vPlan's count; null when it gives no list of them to this key.</param>
/// <param name="InLake">Live rows.</param>
/// <param name="Held">Records that are in the quarantine and not in the lake.</param>
public sealed record VerifiedEntity(string Entity, DateTime ReadAt, long? InVPlan, long InLake, long Held)
{
    public string? Difference => (InVPlan - InLake - Held) switch
    {
        > 0 and var missing => Text($"{missing:N0} are missing. Read them: vplan-export run --full --entity {Entity}"),
        < 0 and var gone => Text($"{-gone:N0} are no longer in vPlan. Find out which: vplan-export run --sweep --entity {Entity}"),
        _ => null,
    };

    private string Text(FormattableString what) => FormattableString.Invariant(
        $"{Entity}: of the records made before {ReadAt:yyyy-MM-dd HH:mm:ss}Z vPlan counts {InVPlan:N0}, the lake holds {InLake:N0} and the quarantine {Held:N0} more: ") + what.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A table in both sinks.</summary>
public sealed record VerifiedTable(string Table, TableContent Lake, TableContent Warehouse)
{
    public string? Difference => Lake == Warehouse
        ? null
        : $"{Table}: the lake holds {Lake}, the warehouse {Warehouse}{(Lake.Live == Warehouse.Live && Lake.Rows == Warehouse.Rows ? " with other keys" : "")}. Build the one anew that is wrong: move it away, then vplan-export load --all";
}
