using System.Globalization;
using CsvHelper;
using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Quality;

/// <summary>A record or element that broke its contract.</summary>
/// <param name="Subject">The word its key is hashed with, or the nested table whose element it is.</param>
/// <param name="Id">The record's id, or what else tells it from the others, joined as in its key; empty when it is
/// missing.</param>
/// <param name="Field">The property's path in the record, such as <c>activities[].time</c>.</param>
/// <param name="Raw">The record's or the element's JSON.</param>
internal sealed record Reject(
    string Entity,
    string Subject,
    string Id,
    string Field,
    string Value,
    string Reason,
    string Raw
)
{
    /// <summary>The number of the landed page.</summary>
    public required int Page { get; init; }

    /// <summary>When vPlan sent the page, UTC.</summary>
    public required DateTime ReadAt { get; init; }

    /// <summary>The whole record, or the whole page where that is a <see cref="List"/>.</summary>
    public required string Record { get; init; }

    /// <summary>Set when the page holds the elements of one record's array: which.</summary>
    public string? List { get; init; }

    /// <summary>The table that lacks the row.</summary>
    public string TableIn(Entity entity) => Subject == entity.Main.KeyEntity ? entity.Main.Name : Subject;
}

/// <summary>
/// Bad rows: written to <c>rejects.csv</c>, counted, and more than the threshold stops the run before anything is
/// published.
/// </summary>
/// <param name="share">The share of an entity's records that may be bad: 0.01 is 1 %.</param>
/// <param name="atLeast">So many may be bad however few records there are.</param>
internal sealed class Rejects(double share, int atLeast)
{
    private readonly List<Reject> _all = [];

    public IReadOnlyList<Reject> All => _all;

    /// <summary>How many records of the entity were rejected whole.</summary>
    public long RecordsOf(Entity entity) => Of(entity).Count(r => r.Subject == entity.Main.KeyEntity);

    /// <summary>Ids of the entity's records that were rejected, or had an element of the table rejected.</summary>
    public IEnumerable<string> IdsOf(Entity entity, string subject, string table) =>
        Of(entity)
            .Where(r => r.Id != "" && (r.Subject == subject || r.Subject == table))
            .Select(r => r.Id)
            .Distinct(StringComparer.Ordinal);

    /// <summary>Rejected rows: of records under the entity's main table, of elements under the nested table.</summary>
    public IReadOnlyDictionary<string, long> ByTable(IEnumerable<Entity> entities)
    {
        var named = entities.ToDictionary(e => e.Name);
        return _all.GroupBy(r => r.TableIn(named[r.Entity])).ToDictionary(g => g.Key, g => (long)g.Count());
    }

    /// <summary>Takes rejects of an entity. A record counts once against the threshold, however many of its elements
    /// are bad.</summary>
    /// <exception cref="ContractException">The entity has more bad records than the threshold allows.</exception>
    public void Add(Entity entity, IReadOnlyCollection<Reject> rejects, long recordsOfEntity)
    {
        if (rejects.Count == 0)
            return;
        _all.AddRange(rejects);
        var bad =
            RecordsOf(entity)
            + Of(entity)
                .Where(r => r.Subject != entity.Main.KeyEntity)
                .Select(r => r.Id)
                .Distinct(StringComparer.Ordinal)
                .Count();
        var allowed = Math.Max(atLeast, (long)(share * recordsOfEntity));
        if (bad > allowed)
            throw new ContractException(TooMany(entity, bad, allowed, recordsOfEntity));
    }

    /// <summary>Columns: entity, table, id, field, value, reason, version of the rules, number of the landed page, raw
    /// JSON.</summary>
    public async Task WriteAsync(Stream stream, IEnumerable<Entity> entities)
    {
        await using var csv = CsvWriter.Create(stream, leaveOpen: true);
        await csv.WriteRecordAsync(["entity", "table", "id", "field", "value", "reason", "rules", "page", "raw"]);
        var named = entities.ToDictionary(e => e.Name);
        foreach (var reject in _all)
        {
            await csv.WriteRecordAsync([
                reject.Entity,
                reject.TableIn(named[reject.Entity]),
                reject.Id,
                reject.Field,
                reject.Value,
                reject.Reason,
                ValueContract.Version.ToString(CultureInfo.InvariantCulture),
                reject.Page.ToString(CultureInfo.InvariantCulture),
                reject.Raw,
            ]);
        }
    }

    internal IEnumerable<Reject> Of(Entity entity) => _all.Where(r => r.Entity == entity.Name);

    private string TooMany(Entity entity, long bad, long allowed, long records)
    {
        var first = Of(entity).First();
        return string.Create(
                CultureInfo.InvariantCulture,
                $"Entity {entity.Name}: {bad} records are bad, more than the {allowed} allowed ({share:0.##%} of "
                    + $"{records}, at least {atLeast}). "
            )
            + $"The first: id '{first.Id}', {first.Field} = '{Shorten(first.Value)}': {first.Reason}. Nothing was "
            + "published. See rejects.csv in the run folder; correct the data in vPlan, then run again.";
    }

    private static string Shorten(string value) => value.Length <= 100 ? value : ValueContract.Cut(value, 100) + "…";
}
