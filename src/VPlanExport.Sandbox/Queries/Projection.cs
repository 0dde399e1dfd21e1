namespace VPlanExport.Sandbox;

/// <summary>Which properties are written: `show` names the only ones, `hide` takes some away; relations of `with` stay
/// unless hidden.</summary>
internal sealed class Projection
{
    private readonly HashSet<string>? shown;
    private readonly HashSet<string> hidden;

    private Projection(HashSet<string>? shown, HashSet<string> hidden) => (this.shown, this.hidden) = (shown, hidden);

    /// <summary>All properties, as on a list.</summary>
    public static Projection Everything { get; } = new(null, []);

    public static Projection Parse(EntitySchema schema, string? show, string? hide) =>
        show is null && hide is null
            ? Everything
            : new(show is null ? null : Names(schema, show), Names(schema, hide ?? ""));

    public bool Shows(string property) =>
        ReferenceEquals(this, Everything) || (shown is null || shown.Contains(property)) && !hidden.Contains(property);

    public bool ShowsRelation(string relation) => !hidden.Contains(relation);

    private static HashSet<string> Names(EntitySchema schema, string text)
    {
        HashSet<string> names = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var name in names)
            if (!schema.TryField(name, out _) && !schema.TryRelation(name, out _))
                throw ApiException.BadRequest($"Field not found: {name}");
        return names;
    }
}
