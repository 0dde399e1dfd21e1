namespace VPlanExport.Sandbox;

/// <summary>
/// All records of one entity: by id, in order of arrival, and (once asked for) sorted by id, `created_at`, `updated_at`
/// and by foreign key. The world's lock guards it.
/// </summary>
internal sealed class Table(EntitySchema schema)
{
    private readonly Dictionary<string, SandboxRecord> byId = [];
    private readonly SortedRows arrival = new(null);
    private readonly Dictionary<Field, SortedRows> sorted = [];
    private readonly Dictionary<string, ChildIndex> children = [];
    private long sequence;

    public EntitySchema Schema { get; } = schema;

    public int Count => byId.Count;

    public IReadOnlyList<SandboxRecord> Rows => arrival.Rows;

    public SortedRows Arrival => arrival;

    public SandboxRecord? Find(string id) => byId.GetValueOrDefault(id);

    public SortedRows SortedBy(Field key)
    {
        if (sorted.TryGetValue(key, out var found))
            return found;
        var index = new SortedRows(key);
        index.Fill(arrival.Rows);
        return sorted[key] = index;
    }

    public IReadOnlyList<SandboxRecord> Children(string key, string parent)
    {
        if (!children.TryGetValue(key, out var index))
        {
            Schema.TryField(key, out var field);
            children[key] = index = new ChildIndex(field!, arrival.Rows);
        }
        return index.Of(parent);
    }

    public void Add(SandboxRecord record)
    {
        byId.Add(record.Id, record);
        record.Sequence = sequence++;
        arrival.Rows.Add(record);
        foreach (var index in sorted.Values)
            index.Add(record);
        foreach (var index in children.Values)
            index.Add(record);
    }

    public void Replace(SandboxRecord old, SandboxRecord record)
    {
        byId[record.Id] = record;
        arrival.Replace(old, record);
        foreach (var index in sorted.Values)
            index.Replace(old, record);
        foreach (var index in children.Values)
            index.Replace(old, record);
    }

    public void Remove(SandboxRecord record)
    {
        byId.Remove(record.Id);
        arrival.Remove(record);
        foreach (var index in sorted.Values)
            index.Remove(record);
        foreach (var index in children.Values)
            index.Remove(record);
    }
}
