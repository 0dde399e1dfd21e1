using System.Diagnostics.CodeAnalysis;

namespace VPlanExport.Sandbox;

/// <summary>
/// One entity: its name (the last part of its path), its fields in the order they are written and its relations.
/// Filter, sort, show, hide and the JSON itself are derived from it.
/// </summary>
internal sealed class EntitySchema
{
    private readonly List<Field> declared = [];
    private readonly List<Field> closing = [];
    private readonly Dictionary<string, Field> byName = [];
    private readonly Dictionary<string, Relation> relations = [];
    private int cells;

    public EntitySchema(string name, bool archived = false, bool deleted = false)
    {
        Name = name;
        Id = Keep(declared, new Field("id", FieldType.Text, Field.IdOrdinal));
        CreatedAt = Keep(closing, new Field("created_at", FieldType.Timestamp, Field.CreatedOrdinal));
        UpdatedAt = Keep(closing, new Field("updated_at", FieldType.Timestamp, Field.UpdatedOrdinal));
        if (archived)
            ArchivedAt = Keep(closing, new Field("archived_at", FieldType.Timestamp, cells++));
        if (deleted)
            Keep(closing, new Field("deleted_at", FieldType.Timestamp, cells++) { SingleOnly = true });
    }

    public string Name { get; }

    public Field Id { get; }

    public Field CreatedAt { get; }

    public Field UpdatedAt { get; }

    public Field? ArchivedAt { get; }

    /// <summary>All fields in the order they are written; read only after the entity's declarations are
    /// complete.</summary>
    public IReadOnlyList<Field> Fields => field ??= [.. declared, .. closing];

    public IReadOnlyCollection<Relation> Relations => relations.Values;

    /// <summary>Relations that are part of the record without being asked for, such as a board's labels
    /// (A:`344890m0`).</summary>
    public IReadOnlyList<Relation> Embedded => field ??= [.. relations.Values.Where(relation => relation.Embedded)];

    /// <summary>The field that names the record whose `updated_at` moves with this one's changes, if any.</summary>
    public Field? TouchedParent { get; private set; }

    public string? TouchedEntity { get; private set; }

    public bool TryField(string name, [NotNullWhen(true)] out Field? field) => byName.TryGetValue(name, out field);

    public bool TryRelation(string name, [NotNullWhen(true)] out Relation? relation) =>
        relations.TryGetValue(name, out relation);

    public Field Text(string name, string? preset = null) => Add(name, FieldType.Text, preset);

    public Field Json(string name, string? preset = null) => Add(name, FieldType.Json, preset);

    public Field Integer(string name, long? preset = null) => Add(name, FieldType.Integer, Cell.Of(preset));

    public Field Number(string name) => Add(name, FieldType.Number, default);

    public Field Boolean(string name, bool preset = false) => Add(name, FieldType.Boolean, preset);

    public Field Date(string name) => Add(name, FieldType.Date, default);

    public Field Timestamp(string name) => Add(name, FieldType.Timestamp, default);

    /// <summary>A second name for a stored value, such as the deprecated `date`, `start` and `end` of a card
    /// (A:`344680m0`).</summary>
    public Field Alias(string name, Field source) => Keep(declared, new Field(name, source.Type, source.Ordinal));

    public void Relate(params Relation[] added)
    {
        foreach (var relation in added)
            relations[relation.Name] = relation;
    }

    public void Touches(string entity, Field parent) => (TouchedEntity, TouchedParent) = (entity, parent);

    public Cell[] NewCells()
    {
        var result = new Cell[cells];
        foreach (var field in declared)
            if (field.Ordinal >= 0 && !field.Preset.IsNull)
                result[field.Ordinal] = field.Preset;
        return result;
    }

    public SandboxRecord New(string id, long created, long updated) => new(this, id, created, updated);

    private Field Add(string name, FieldType type, Cell preset) =>
        Keep(declared, new Field(name, type, cells++) { Preset = preset });

    private Field Keep(List<Field> list, Field field)
    {
        list.Add(field);
        byName[field.Name] = field;
        return field;
    }
}
