using System.Globalization;
using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>
/// Compares vPlan's counts with the lake's records, and every value of the lake with the warehouse's. Records that
/// vPlan made since an entity was last read are not missing yet; everything else that differs is reported.
/// </summary>
internal sealed record Verification(
    string RunId,
    IReadOnlyList<VerifiedEntity> Entities,
    IReadOnlyList<VerifiedTable> Tables
)
{
    /// <summary>What differs and what to do about it, one line each.</summary>
    public IReadOnlyList<string> Differences =>
        [.. Entities.Select(e => e.Difference).Concat(Tables.Select(t => t.Difference)).OfType<string>()];

    /// <summary>No run may be at work meanwhile.</summary>
    /// <param name="last">The run that was committed last.</param>
    /// <param name="findsRows">Finds the rows that differ, too.</param>
    public static async Task<Verification> MakeAsync(
        IReadOnlyList<Entity> entities,
        RunManifest last,
        RunStore runs,
        Sinks sinks,
        Extractor extractor,
        bool findsRows,
        CancellationToken cancellationToken
    )
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
        List<Table> tables,
        Sinks sinks,
        bool findsRows,
        CancellationToken cancellationToken
    )
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

    private static async Task<IReadOnlyList<TableChecksum>> InLakeAsync(
        List<Table> tables,
        DeltaLake lake,
        CancellationToken cancellationToken
    )
    {
        var contents = new List<TableChecksum>();
        foreach (var table in tables)
            contents.Add(
                await ContentSum.OfAsync(
                    table,
                    lake.ReadAsync(table, columns: null, cancellationToken: cancellationToken)
                )
            );
        return contents;
    }
}

/// <summary>A table in both sinks.</summary>
internal sealed record VerifiedTable(string Table, TableChecksum Lake, TableChecksum Warehouse)
{
    private const int MonthsNamed = 6;

    internal VerifiedTable(Table table, TableChecksum lake, TableChecksum warehouse)
        : this(table.Name, lake, warehouse) => DifferentMonths = lake.DifferentMonths(warehouse);

    /// <summary>The months whose rows differ, <c>2026-10</c>; empty for rows and tables without a date.</summary>
    public IReadOnlyList<string> DifferentMonths { get; } = [];

    /// <summary>The rows that differ; null when they were not looked for, or none does.</summary>
    public RowDifferences? DifferentRows { get; init; }

    /// <summary>Such as <c>same</c> and <c>differs in 2026-10, 2026-11</c>.</summary>
    public string Content => DifferentMonths.Count == 0 ? "same" : $"differs{In}";

    public string? Difference =>
        DifferentMonths.Count == 0
            ? null
            : $"{Table}: the lake holds {Lake}, the warehouse {Warehouse}{How}{In}. List the rows: vplan-export "
                + "verify --rows. Rebuild the sink that is wrong: move it away, then vplan-export load --all";

    private string How =>
        Lake.Live != Warehouse.Live || Lake.Rows != Warehouse.Rows ? ", different"
        : Lake.Keys != Warehouse.Keys ? " with other keys"
        : " with other values";

    private string In
    {
        get
        {
            if (DifferentMonths is [""] && Lake.Months.Concat(Warehouse.Months).All(m => m.Month == ""))
                return "";
            var named = DifferentMonths.Take(MonthsNamed).Select(m => m == "" ? "rows without a date" : m);
            var others = DifferentMonths.Count - MonthsNamed;
            return $" in {string.Join(", ", named)}"
                + (others > 0 ? FormattableString.Invariant($" and {others:N0} more months") : "");
        }
    }
}

/// <summary>Compares vPlan's count of an entity's records with what the lake and the quarantine hold of them.</summary>
internal sealed class RecordCount(DeltaLake lake, Extractor extractor, IReadOnlyList<QuarantinedRecord> held)
{
    /// <param name="readAt">When the entity was last read: records made later may not have been read yet.</param>
    public async Task<VerifiedEntity> CompareAsync(Entity entity, DateTime readAt, CancellationToken cancellationToken)
    {
        var count = await extractor.CountMadeBeforeAsync(entity, readAt, cancellationToken);
        var inLake = await InLakeAsync(entity, readAt, cancellationToken);
        var onlyHeld = HeldOf(entity, readAt).Distinct().Count(id => !inLake.Held.Contains(id));
        var compared = new VerifiedEntity(entity.Name, readAt, count, inLake.Live, onlyHeld)
        {
            Deleted = inLake.Marked.Count,
        };
        // vPlan may have stopped listing a deleted record, which is no difference. It is only asked when the counts
        // differ.
        return compared.Difference is null || inLake.Marked.Count == 0
            ? compared
            : compared with
            {
                Deleted = await extractor.CountListedAsync(entity, inLake.Marked, cancellationToken),
            };
    }

    /// <summary>Live rows, ids of the rows that are listed as deleted, and which records of the quarantine are among
    /// both.</summary>
    private async Task<(long Live, List<string> Marked, HashSet<string> Held)> InLakeAsync(
        Entity entity,
        DateTime readAt,
        CancellationToken cancellationToken
    )
    {
        var (live, marked, alsoHeld) = (0L, new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var heldIds = held.Where(h => h.Entity == entity.Name).Select(h => h.Id).ToHashSet(StringComparer.Ordinal);
        string[] columns =
        [
            entity.Main.Id!.Name,
            "is_inferred",
            "is_deleted",
            "is_marked_deleted",
            "source_created_at",
        ];
        await foreach (var batch in lake.ReadAsync(entity.Main, columns: columns, cancellationToken: cancellationToken))
        {
            var (ids, made) = (batch.Typed<string>(entity.Main.Id!.Name), batch.Typed<DateTime>("source_created_at"));
            var (isMarked, liveRows) = (batch.Typed<bool>("is_marked_deleted"), DeltaLake.LiveRows(batch));
            var markedRows = Enumerable
                .Range(0, batch.Count)
                .Where(row => !isMarked.IsNull(row) && isMarked[row])
                .ToList();
            live += liveRows.Count(IsBefore);
            marked.AddRange(markedRows.Where(IsBefore).Select(row => ids[row]));
            alsoHeld.UnionWith(liveRows.Concat(markedRows).Select(row => ids[row]).Where(heldIds.Contains));

            bool IsBefore(int row) => made.IsNull(row) || made[row] < readAt;
        }
        return (live, marked, alsoHeld);
    }

    private IEnumerable<string> HeldOf(Entity entity, DateTime readAt) =>
        from record in held
        where record.Entity == entity.Name
        let row = record.Rows.FirstOrDefault(r => r.Table == entity.Main.Name)
        where row is not null && !(MadeAt(row.Raw) >= readAt)
        select record.Id;

    /// <summary>Null where the record does not say when it was made, or where its values may not be kept.</summary>
    private static DateTime? MadeAt(string raw)
    {
        try
        {
            using var record = JsonDocument.Parse(raw);
            return
                record.RootElement.ValueKind == JsonValueKind.Object
                && record.RootElement.TryGetProperty("created_at", out var made)
                && made.ValueKind == JsonValueKind.String
                ? VPlanStamp.Parse(made.GetString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An entity's records.</summary>
/// <param name="ReadAt">When the entity was last read, UTC: only records made before are compared.</param>
/// <param name="InVPlan">vPlan's count; null when it gives no list of them to this key.</param>
/// <param name="InLake">Live rows.</param>
/// <param name="Held">Records that are in the quarantine and not in the lake.</param>
internal sealed record VerifiedEntity(string Entity, DateTime ReadAt, long? InVPlan, long InLake, long Held)
{
    /// <summary>Records that vPlan lists, and counts, as deleted: those with a <c>deleted_at</c>, which are no live
    /// rows.</summary>
    public long Deleted { get; init; }

    public string? Difference =>
        (InVPlan - InLake - Held - Deleted) switch
        {
            > 0 and var missing => Text(
                $"{missing:N0} are missing. Read them: vplan-export run --full --entity {Entity}"
            ),
            < 0 and var gone => Text(
                $"{-gone:N0} are no longer in vPlan. Find out which: vplan-export run --sweep --entity {Entity}"
            ),
            _ => null,
        };

    private string Text(FormattableString what)
    {
        var deleted = Deleted == 0 ? "" : FormattableString.Invariant($"{Deleted:N0} of them as deleted, ");
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{Entity}: of the records made before {ReadAt:yyyy-MM-dd HH:mm:ss}Z vPlan counts {InVPlan:N0}, "
                    + $"{deleted}"
            )
            + FormattableString.Invariant($"the lake holds {InLake:N0} and the quarantine {Held:N0} more: ")
            + what.ToString(CultureInfo.InvariantCulture);
    }
}
