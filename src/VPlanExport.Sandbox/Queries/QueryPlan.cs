namespace VPlanExport.Sandbox;

/// <summary>One page of the records that match, and how many match in all.</summary>
internal sealed record Page(int Count, IReadOnlyList<SandboxRecord> Records);

/// <summary>
/// Answers a list question. Conditions on `id`, `created_at` and `updated_at` that must all hold become one stretch of
/// a sorted index; only that stretch is looked through, and not even that when nothing else is asked and the index has
/// the order.
/// </summary>
internal sealed class QueryPlan(SandboxWorld world, Table table, ListQuery query)
{
    private readonly List<Filter> conditions = [];

    public Page Run(IReadOnlyList<SandboxRecord>? within = null)
    {
        Flatten(query.Filter);
        if (HidesArchived || ArchivedOnly)
            conditions.Add(new ArchivedFilter(table.Schema.ArchivedAt!, ArchivedOnly));
        return within is not null
            ? Slice(Matching(within, 0, within.Count, conditions), sorted: false)
            : OverIndex(Narrowest());
    }

    private bool HidesArchived => table.Schema.ArchivedAt is not null && !query.Archived;

    private bool ArchivedOnly =>
        table.Schema.ArchivedAt is not null && query.Archived && world.Options.ArchivedMode == ArchivedMode.Only;

    private void Flatten(Filter? filter)
    {
        if (filter is AllOf all)
            foreach (var part in all.Parts)
                Flatten(part);
        else if (filter is not null)
            conditions.Add(filter);
    }

    private Stretch Narrowest()
    {
        Stretch[] stretches = [StretchOf(null), .. IndexKeys().Select(StretchOf)];
        return stretches.OrderBy(stretch => stretch.Length).ThenByDescending(IsSorted).First();
    }

    /// <summary>Only indexes that a condition or the order can use, so that the others are never built.</summary>
    private IEnumerable<Field> IndexKeys() =>
        from key in (Field[])[table.Schema.Id, table.Schema.CreatedAt, table.Schema.UpdatedAt]
        where
            query.Sort.IsOrderOf(key, table.Schema)
            || conditions.Any(condition => condition is Compare { IsRange: true } compare && compare.Field == key)
        select key;

    private bool IsSorted(Stretch stretch) => query.Sort.IsOrderOf(stretch.Index.Key, table.Schema);

    private Stretch StretchOf(Field? key)
    {
        var index = key is null ? table.Arrival : table.SortedBy(key);
        var ranges = conditions.OfType<Compare>().Where(compare => compare.IsRange && compare.Field == key).ToList();
        return Stretch.Of(index, ranges);
    }

    private Page OverIndex(Stretch stretch)
    {
        var rest = conditions.Except(stretch.Absorbed).ToList();
        var rows = stretch.Index.Rows;
        if (rest.Count > 0 || !IsSorted(stretch))
            return Slice(Matching(rows, stretch.From, stretch.To, rest), IsSorted(stretch));
        var from = (int)Math.Min(stretch.From + (long)query.Offset, stretch.To);
        return new Page(stretch.Length, rows.GetRange(from, Math.Min(query.Limit, stretch.To - from)));
    }

    private List<SandboxRecord> Matching(IReadOnlyList<SandboxRecord> rows, int from, int to, List<Filter> filters)
    {
        var filter = new AllOf(filters);
        var found = new List<SandboxRecord>();
        for (var i = from; i < to; i++)
            if (filter.Matches(rows[i], world))
                found.Add(rows[i]);
        return found;
    }

    private Page Slice(List<SandboxRecord> found, bool sorted)
    {
        if (!sorted)
            found.Sort(query.Sort.Compare);
        return new Page(found.Count, [.. found.Skip(query.Offset).Take(query.Limit)]);
    }

    private sealed record ArchivedFilter(Field ArchivedAt, bool Only) : Filter
    {
        public override bool Matches(SandboxRecord record, SandboxWorld world) => record[ArchivedAt].IsNull != Only;
    }
}
