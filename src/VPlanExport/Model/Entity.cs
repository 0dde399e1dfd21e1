namespace VPlanExport.Model;

/// <summary>A vPlan object: where to get it, and the star tables it becomes.</summary>
/// <param name="Name">Name on the command line, in folders and in reports, such as <c>time_tracking</c>.</param>
/// <param name="Tables">The first holds one row per record.</param>
internal sealed record Entity(string Name, Endpoint Endpoint, IReadOnlyList<Table> Tables)
{
    /// <summary>Known properties that no column reads: display noise, deprecated, or another entity's; of elements as
    /// <c>labels[].color</c>.</summary>
    public IReadOnlyList<string> IgnoredProperties { get; init; } = [];

    /// <summary>The table with one row per record.</summary>
    public Table Main => Tables[0];

    /// <summary>Another one when what the entity's records become is declared differently.</summary>
    public long SchemaHash =>
        SurrogateKey.Of(
            Name,
            string.Join(';', Tables.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {c.Type}")))
        );

    public override string ToString() => Name;
}
