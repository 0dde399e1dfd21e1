namespace VPlanExport.Sandbox;

/// <summary>Records in the order of one key, tie-broken by id, kept sorted while single records come, change and
/// go.</summary>
internal sealed class SortedRows(Field? key)
{
    private readonly List<SandboxRecord> rows = [];

    /// <summary>The field that orders the records; null for the order in which they were added.</summary>
    public Field? Key { get; } = key;

    public List<SandboxRecord> Rows => rows;

    public void Fill(IEnumerable<SandboxRecord> records)
    {
        rows.AddRange(records);
        if (Key is not null)
            rows.Sort(Compare);
    }

    public void Add(SandboxRecord record) => rows.Insert(~rows.BinarySearch(record, Order), record);

    public void Remove(SandboxRecord record) => rows.RemoveAt(rows.BinarySearch(record, Order));

    public void Replace(SandboxRecord old, SandboxRecord record)
    {
        if (Compare(old, record) == 0)
        {
            rows[rows.BinarySearch(old, Order)] = record;
            return;
        }
        Remove(old);
        Add(record);
    }

    /// <summary>Index of the first record for which <paramref name="reached"/> holds, given that it holds for all after
    /// it.</summary>
    public int First(Func<SandboxRecord, bool> reached)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (reached(rows[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private Comparer<SandboxRecord> Order => field ??= Comparer<SandboxRecord>.Create(Compare);

    private int Compare(SandboxRecord left, SandboxRecord right)
    {
        if (Key is null)
            return left.Sequence.CompareTo(right.Sequence);
        var byKey = Key.Ordinal switch
        {
            Field.CreatedOrdinal => left.Created.CompareTo(right.Created),
            Field.UpdatedOrdinal => left.Updated.CompareTo(right.Updated),
            _ => 0,
        };
        return byKey != 0 ? byKey : string.CompareOrdinal(left.Id, right.Id);
    }
}
