using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>How a field's value is stored, compared and written.</summary>
internal enum FieldType
{
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Timestamp,
    Json,
}

/// <summary>One property of an entity: name, type and the place of its cell in the record.</summary>
internal sealed class Field(string name, FieldType type, int ordinal)
{
    public const int IdOrdinal = -1;
    public const int CreatedOrdinal = -2;
    public const int UpdatedOrdinal = -3;

    public string Name { get; } = name;

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public FieldType Type { get; } = type;

    public int Ordinal { get; } = ordinal;

    /// <summary>The value of a record that was added without one.</summary>
    public Cell Preset { get; init; }

    /// <summary>Written on a single read only, as `deleted_at` is (M, absent in A's lists).</summary>
    public bool SingleOnly { get; init; }

    public bool IsComparable => Type != FieldType.Json;
}
