namespace VPlanExport.Sandbox;

/// <summary>`sort=field:direction,field`, main fields only; records that tie stay in order of arrival (README section
/// 5).</summary>
internal sealed class SortOrder
{
    private readonly IReadOnlyList<(Field Field, bool Descending)> keys;

    private SortOrder(IReadOnlyList<(Field, bool)> keys) => this.keys = keys;

    public static SortOrder None { get; } = new([]);

    public static SortOrder Parse(EntitySchema schema, string text) =>
        new([.. text.Split(',').Select(part => Key(schema, part))]);

    /// <summary>Whether an index in the order of <paramref name="key"/>, then id, already is in this order.</summary>
    public bool IsOrderOf(Field? key, EntitySchema schema)
    {
        if (key is null || keys.Count == 0)
            return key is null && keys.Count == 0;
        if (keys[0] != (key, false))
            return false;
        return key == schema.Id || keys.Count > 1 && keys[1] == (schema.Id, false);
    }

    public int Compare(SandboxRecord left, SandboxRecord right)
    {
        foreach (var (field, descending) in keys)
        {
            var order = Cell.Compare(left[field], right[field]);
            if (order != 0)
                return descending ? -order : order;
        }
        return left.Sequence.CompareTo(right.Sequence);
    }

    private static (Field, bool) Key(EntitySchema schema, string part)
    {
        var halves = part.Split(':');
        if (!schema.TryField(halves[0], out var field) || !field.IsComparable)
            throw ApiException.BadRequest($"Field not found: {halves[0]}", "sort");
        return halves switch
        {
            [_] or [_, "asc"] => (field, false),
            [_, "desc"] => (field, true),
            _ => throw ApiException.BadRequest("Invalid sort", part),
        };
    }
}
