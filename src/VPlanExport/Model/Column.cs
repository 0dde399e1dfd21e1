namespace VPlanExport.Model;

/// <summary>A column, written down once: everything else (Parquet, Delta, DDL, merges, dictionary) is derived from
/// it.</summary>
internal sealed record Column(string Name, ColumnType Type, Source Source, string Meaning)
{
    /// <summary>The name that Dutch readers see; empty for a reference that is named after what it leads to.</summary>
    public string Dutch { get; init; } = "";

    /// <summary>Unit of the value (minutes, hours, percent), when it has one.</summary>
    public string? Unit { get; init; }

    /// <summary>Names, e-mail addresses and notes about people.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The dimension a key column points to.</summary>
    public string? References { get; init; }

    /// <summary>
    /// False for a reference that leads to a dimension by a second way, or by a role that is not the main one: models
    /// and figures do not follow it.
    /// </summary>
    public bool IsRelated { get; init; } = true;

    /// <summary>Tried in order when <see cref="Source"/> gave nothing (null, or -1 for a key).</summary>
    public IReadOnlyList<Lookup> Lookups { get; init; } = [];
}
