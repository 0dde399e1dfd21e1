using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>
/// One record as it was when it was read: an edit replaces the record in its table and never changes this object.
/// </summary>
public sealed class SandboxRecord
{
    internal const long NoTime = long.MinValue;
    private readonly Cell[] cells;

    internal SandboxRecord(EntitySchema schema, string id, long created, long updated)
    {
        Schema = schema;
        Id = id;
        Created = created;
        Updated = updated;
        cells = schema.NewCells();
    }

    private SandboxRecord(SandboxRecord source)
    {
        (Schema, Id, Created, Updated) = (source.Schema, source.Id, source.Created, source.Updated);
        (Sequence, Links) = (source.Sequence, source.Links);
        cells = (Cell[])source.cells.Clone();
        Overlay = source.Overlay is null ? null : new Dictionary<string, string?>(source.Overlay);
    }

    /// <summary>The record's key.</summary>
    public string Id { get; }

    /// <summary>When it was made; null when a test took the value away.</summary>
    public DateTimeOffset? CreatedAt => Moment(Created);

    /// <summary>When it was last changed; null when a test took the value away.</summary>
    public DateTimeOffset? UpdatedAt => Moment(Updated);

    internal EntitySchema Schema { get; }

    internal long Sequence { get; set; }

    internal long Created { get; set; }

    internal long Updated { get; set; }

    internal IReadOnlyList<Link> Links { get; set; } = [];

    /// <summary>Raw JSON that is written instead of a property; a null value leaves the property out.</summary>
    internal Dictionary<string, string?>? Overlay { get; private set; }

    /// <summary>A property as the API would write it on a single read; null when it is null or not there.</summary>
    public JsonNode? this[string property] => Raw(property) is { } json ? JsonNode.Parse(json) : null;

    internal Cell this[Field field]
    {
        get => field.Ordinal >= 0 ? cells[field.Ordinal] : Special(field);
        set => cells[field.Ordinal] = value;
    }

    /// <summary>All properties as the API would write them on a single read, without relations.</summary>
    public JsonObject ToJson() => (JsonObject)JsonNode.Parse(RecordWriter.Bare(this))!;

    /// <summary>Text of a property, or null.</summary>
    public string? Text(string property) => this[property]?.ToString();

    /// <summary>Ids this record is linked to by `activities`, `resources`, `labels`, `followers` and the
    /// like.</summary>
    public IReadOnlyList<string> Linked(string relation) =>
        [.. Links.Where(link => link.Relation == relation).Select(link => link.TargetId)];

    internal SandboxRecord Copy() => new(this);

    internal void Override(string property, string? rawJson) => (Overlay ??= [])[property] = rawJson;

    internal void DropOverride(string property) => Overlay?.Remove(property);

    private string? Raw(string property)
    {
        if (Overlay is { } overlay && overlay.TryGetValue(property, out var raw))
            return raw;
        return Schema.TryField(property, out var field) ? RecordWriter.Value(field, this[field]) : null;
    }

    private Cell Special(Field field) =>
        field.Ordinal switch
        {
            Field.IdOrdinal => Id,
            Field.CreatedOrdinal => Created == NoTime ? default : Cell.Of(Created),
            _ => Updated == NoTime ? default : Cell.Of(Updated),
        };

    private static DateTimeOffset? Moment(long seconds) =>
        seconds == NoTime ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
}
