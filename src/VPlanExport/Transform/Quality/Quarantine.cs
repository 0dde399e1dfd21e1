using System.Globalization;
using System.Text;
using System.Text.Json;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;
using VPlanExport.Transform.Star;

namespace VPlanExport.Transform.Quality;

/// <summary>
/// The rejected rows that the sinks lack, from run to run: what a run rejects comes in; what it has read again, or what
/// vPlan no longer has, leaves. So what is held of a record is always the newest that was read of it.
/// </summary>
/// <param name="before">The quarantine after the run before.</param>
/// <param name="privacy">How personal data is treated in this run, as a fingerprint.</param>
internal sealed class Quarantine(IReadOnlyList<QuarantinedRecord> before, string runId, long privacy)
{
    private static readonly JsonDocumentOptions JsonForm = new()
    {
        MaxDepth = ValueContract.Json.MaxDepth,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly List<QuarantinedRecord> _held = [.. before.Select(h => h.Under(privacy))];
    private readonly Dictionary<string, HashSet<long>> _wanted = [];
    private readonly HashSet<long> _accepted = [];

    /// <summary>The quarantine after this run.</summary>
    public IReadOnlyList<QuarantinedRecord> Held => _held;

    /// <summary>Looks for held records among accepted ones.</summary>
    /// <param name="records">Rows of the entity's main table.</param>
    internal void See(Entity entity, RowBatch records)
    {
        if (!_wanted.TryGetValue(entity.Name, out var wanted))
            _wanted[entity.Name] = wanted = [
                .. before.Where(h => h.Entity == entity.Name).Select(h => KeyOf(entity, h.Id)),
            ];
        if (wanted.Count > 0)
            _accepted.UnionWith(Enumerable.Range(0, records.Count).Select(records.Key).Where(wanted.Contains));
    }

    /// <summary>Lets go of what the run has read of the entity, and takes in what it rejected.</summary>
    internal void Take(LandedEntity landed, IReadOnlyList<Reject> rejects, ArrayCoverage lists)
    {
        var (rejected, gone) = (rejects.ToLookup(Identity), (landed.Deleted ?? []).ToHashSet(Ids.Comparer));
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            if (_held[i].Entity != landed.Declaration.Name)
                continue;
            if (
                gone.Contains(_held[i].Id)
                || Rest(_held[i], landed, rejected.Contains(Identity(_held[i])), lists) is not { } rest
            )
                _held.RemoveAt(i);
            else
                _held[i] = rest;
        }
        _held.AddRange(rejected.Select(same => New(landed.Declaration, [.. same])));
    }

    /// <summary>What a run has left of a record; null for nothing.</summary>
    /// <param name="isRejected">The run has read it and rejected it, or elements of it, again.</param>
    private QuarantinedRecord? Rest(QuarantinedRecord held, LandedEntity landed, bool isRejected, ArrayCoverage lists)
    {
        var (entity, key) = (landed.Declaration, KeyOf(landed.Declaration, held.Id));
        var isAccepted = held.Id != "" && _accepted.Contains(key);
        if (!isAccepted && (isRejected || landed.IsFullSnapshot || IsOffItsList(held, landed)))
            return null;
        var rows = held
            .Rows.Where(row =>
                !(
                    entity.Tables.FirstOrDefault(t => t.Name == row.Table && t.IsNested) is { } nested
                        ? lists.Of(nested, key, isAccepted)
                        : isAccepted
                )
            )
            .ToList();
        return rows.Count == 0
            ? null
            : held with
            {
                Rows = rows,
                Landed = isAccepted && held.List is null ? null : held.Landed,
            };
    }

    /// <summary>Every list on which the record could stand was read whole.</summary>
    private static bool IsOffItsList(QuarantinedRecord held, LandedEntity landed) =>
        landed.IsEveryList
        && (
            landed.Days is not { } days
            || DateOf(held, landed.Declaration) is not { } date
            || (date >= days.From && date <= days.To)
        );

    private static DateOnly? DateOf(QuarantinedRecord held, Entity entity)
    {
        using var json = JsonDocument.Parse(
            held.Landed ?? "null",
            new JsonDocumentOptions
            {
                MaxDepth = ValueContract.Json.MaxDepth,
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }
        );
        return
            json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty(entity.Endpoint.BusinessField, out var value)
            && DateOnly.TryParseExact(
                value.GetRawText().Trim('"').Split('T', ' ')[0],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            ? date
            : null;
    }

    /// <summary>A record that is read twice counts as it came last.</summary>
    private QuarantinedRecord New(Entity entity, IReadOnlyList<Reject> same)
    {
        var last = same[^1];
        return new QuarantinedRecord(
            entity.Name,
            last.Id,
            runId,
            last.Page,
            last.ReadAt,
            ValueContract.Version,
            privacy,
            last.List,
            last.Record,
            [
                .. same.Where(r => r.Record == last.Record)
                    .Select(r => new QuarantinedRow(r.TableIn(entity), r.Field, r.Value, r.Reason, r.Raw))
                    .Distinct(),
            ]
        );
    }

    private static long KeyOf(Entity entity, string id) => SurrogateKey.Of(entity.Main.KeyEntity!, id);

    /// <summary>A record without an id is the same when it reads the same.</summary>
    private static (string Id, string? List, string? Text) Identity(Reject reject) =>
        (Ids.Canonical(reject.Id), reject.List, reject.Id == "" ? reject.Record : null);

    private static (string Id, string? List, string? Text) Identity(QuarantinedRecord held) =>
        (Ids.Canonical(held.Id), held.List, held.Id == "" ? held.Landed : null);

    /// <summary>A rejected row's own id, which for an element is not the record's; null when it has none or its JSON
    /// may not be shown.</summary>
    public static string? IdOf(QuarantinedRow row)
    {
        try
        {
            using var json = JsonDocument.Parse(ValueContract.Whole(Encoding.UTF8.GetBytes(row.Raw)), JsonForm);
            if (
                json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("id", out var id)
            )
                return null;
            return id.ValueKind == JsonValueKind.Null ? null : id.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
