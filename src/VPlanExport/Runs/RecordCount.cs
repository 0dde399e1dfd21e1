using System.Globalization;
using System.Text.Json;
using VPlanExport.Extractors;
using VPlanExport.Loaders.Lake;
using VPlanExport.Model;
using VPlanExport.Transformers;

namespace VPlanExport.Runs;

/// <summary>Compares vPlan's count of an entity's records with what the lake and the quarantine hold of them.</summary>
internal sealed class RecordCount(Lake lake, Extractor extractor, IReadOnlyList<HeldRecord> held)
{
    /// <param name="readAt">When the entity was last read: records made later may not have been read yet.</param>
    public async Task<VerifiedEntity> CompareAsync(Entity entity, DateTime readAt, CancellationToken cancellationToken)
    {
        var count = await extractor.CountMadeBeforeAsync(entity, readAt, cancellationToken);
        var inLake = await InLakeAsync(entity, readAt, cancellationToken);
        var onlyHeld = HeldOf(entity, readAt).Distinct().Count(id => !inLake.Held.Contains(id));
        var compared = new VerifiedEntity(entity.Name, readAt, count, inLake.Live, onlyHeld) { Deleted = inLake.Marked.Count };
        // vPlan may have stopped listing a deleted record, which is no difference. It is only asked when the counts differ.
        return compared.Difference is null || inLake.Marked.Count == 0
            ? compared
            : compared with { Deleted = await extractor.CountListedAsync(entity, inLake.Marked, cancellationToken) };
    }

    /// <summary>Live rows, ids of the rows that are listed as deleted, and which records of the quarantine are among both.</summary>
    private async Task<(long Live, List<string> Marked, HashSet<string> Held)> InLakeAsync(
        Entity entity, DateTime readAt, CancellationToken cancellationToken)
    {
        var (live, marked, alsoHeld) = (0L, new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var heldIds = held.Where(h => h.Entity == entity.Name).Select(h => h.Id).ToHashSet(StringComparer.Ordinal);
        string[] columns = [entity.Main.Id!.Name, "is_inferred", "is_deleted", "is_marked_deleted", "source_created_at"];
        await foreach (var batch in lake.ReadAsync(entity.Main, columns: columns, cancellationToken: cancellationToken))
        {
            var (ids, made) = (batch.Typed<string>(entity.Main.Id!.Name), batch.Typed<DateTime>("source_created_at"));
            var (isMarked, liveRows) = (batch.Typed<bool>("is_marked_deleted"), Lake.LiveRows(batch));
            var markedRows = Enumerable.Range(0, batch.Count).Where(row => !isMarked.IsNull(row) && isMarked[row]).ToList();
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
            return record.RootElement.ValueKind == JsonValueKind.Object
                && record.RootElement.TryGetProperty("created_at", out var made) && made.ValueKind == JsonValueKind.String
                ? Stamp.Parse(made.GetString())
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
public sealed record VerifiedEntity(string Entity, DateTime ReadAt, long? InVPlan, long InLake, long Held)
{
    /// <summary>Records that vPlan lists, and counts, as deleted: those with a <c>deleted_at</c>, which are no live rows.</summary>
    public long Deleted { get; init; }

    public string? Difference => (InVPlan - InLake - Held - Deleted) switch
    {
        > 0 and var missing => Text($"{missing:N0} are missing. Read them: vplan-export run --full --entity {Entity}"),
        < 0 and var gone => Text($"{-gone:N0} are no longer in vPlan. Find out which: vplan-export run --sweep --entity {Entity}"),
        _ => null,
    };

    private string Text(FormattableString what)
    {
        var deleted = Deleted == 0 ? "" : FormattableString.Invariant($"{Deleted:N0} of them as deleted, ");
        return FormattableString.Invariant($"{Entity}: of the records made before {ReadAt:yyyy-MM-dd HH:mm:ss}Z vPlan counts {InVPlan:N0}, {deleted}")
            + FormattableString.Invariant($"the lake holds {InLake:N0} and the quarantine {Held:N0} more: ")
            + what.ToString(CultureInfo.InvariantCulture);
    }
}
