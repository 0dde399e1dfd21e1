namespace VPlanExport.Sandbox;

/// <summary>The relations to load eagerly, nested by a dot: `with=activities,user.resource` (README section
/// 7).</summary>
internal sealed class WithTree
{
    private readonly Dictionary<string, WithTree> branches = [];
    private readonly List<Relation> relations = [];

    public static WithTree None { get; } = new();

    public IReadOnlyList<Relation> Relations => relations;

    /// <summary>Number of relations at every level; the weight of a page.</summary>
    public int Count => relations.Count + branches.Values.Sum(branch => branch.Count);

    public WithTree Below(Relation relation) => branches[relation.Name];

    public static WithTree Parse(EntitySchema schema, string text, SandboxOptions options)
    {
        var root = new WithTree();
        foreach (var path in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            root.Add(schema, path.Split('.'), options);
        return root;
    }

    private void Add(EntitySchema schema, ReadOnlySpan<string> path, SandboxOptions options)
    {
        if (path.IsEmpty)
            return;
        if (
            !schema.TryRelation(path[0], out var relation)
            || relation.Embedded
            || options.RejectedRelations.Contains($"{schema.Name}.{path[0]}")
        )
            throw ApiException.BadRequest($"Relation not found: {path[0]}");
        if (!branches.TryGetValue(relation.Name, out var branch))
        {
            branches[relation.Name] = branch = new WithTree();
            relations.Add(relation);
        }
        branch.Add(Schemas.All.First(target => target.Name == relation.Target), path[1..], options);
    }
}
