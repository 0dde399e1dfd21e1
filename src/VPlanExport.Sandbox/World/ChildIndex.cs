namespace VPlanExport.Sandbox;

/// <summary>Records by the value of one foreign key, in order of arrival.</summary>
internal sealed class ChildIndex
{
    private readonly Field key;
    private readonly Dictionary<string, List<SandboxRecord>> byParent = [];

    public ChildIndex(Field key, IEnumerable<SandboxRecord> records)
    {
        this.key = key;
        foreach (var record in records)
            Add(record);
    }

    public IReadOnlyList<SandboxRecord> Of(string parent) => byParent.TryGetValue(parent, out var found) ? found : [];

    public void Add(SandboxRecord record)
    {
        if (record[key].Text is not { } parent)
            return;
        if (!byParent.TryGetValue(parent, out var list))
            byParent[parent] = list = [];
        list.Add(record);
    }

    public void Remove(SandboxRecord record)
    {
        if (record[key].Text is { } parent)
            byParent[parent].Remove(record);
    }

    public void Replace(SandboxRecord old, SandboxRecord record)
    {
        if (old[key].Text is { } parent && parent == record[key].Text)
        {
            var list = byParent[parent];
            list[list.IndexOf(old)] = record;
            return;
        }
        Remove(old);
        Add(record);
    }
}
