namespace VPlanExport.Lake.Delta;

/// <summary>The state of a table at one version: the sum of its log's actions.</summary>
internal sealed class Snapshot
{
    public Snapshot() { }

    private Snapshot(Snapshot before)
    {
        (Version, Protocol, MetaData) = (before.Version + 1, before.Protocol, before.MetaData);
        Files = new(before.Files, StringComparer.Ordinal);
        Removed = new(before.Removed, StringComparer.Ordinal);
        Transactions = new(before.Transactions, StringComparer.Ordinal);
    }

    public long Version { get; set; } = -1;

    public Protocol? Protocol { get; private set; }

    public MetaData? MetaData { get; private set; }

    public SortedDictionary<string, AddFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are no longer the table's but may still be on disk.</summary>
    public SortedDictionary<string, RemoveFile> Removed { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Txn> Transactions { get; } = new(StringComparer.Ordinal);

    /// <summary>The last version an application has recorded.</summary>
    public long? LastApplied(string appId) => Transactions.GetValueOrDefault(appId)?.Version;

    /// <summary>The table after one more commit. Others may hold this snapshot, so it stays as it is.</summary>
    public Snapshot After(IEnumerable<DeltaAction> actions)
    {
        var next = new Snapshot(this);
        foreach (var action in actions)
            next.Apply(action);
        return next;
    }

    /// <summary>Only for a snapshot that nobody holds yet.</summary>
    public void Apply(DeltaAction action)
    {
        Protocol = action.Protocol ?? Protocol;
        MetaData = action.MetaData ?? MetaData;
        if (action.Txn is { } txn)
            Transactions[txn.AppId] = txn;
        if (action.Remove is { } remove)
        {
            Files.Remove(remove.Path);
            Removed[remove.Path] = remove;
        }
        if (action.Add is { } add)
        {
            Files[add.Path] = add;
            Removed.Remove(add.Path);
        }
    }

    /// <summary>The actions that bring an empty table to this state, without tombstones older than
    /// <paramref name="tombstonesFrom"/> (ms since 1970).</summary>
    public IEnumerable<DeltaAction> Actions(long tombstonesFrom)
    {
        yield return new DeltaAction { Protocol = Protocol };
        yield return new DeltaAction { MetaData = MetaData };
        foreach (var txn in Transactions.Values)
            yield return new DeltaAction { Txn = txn };
        foreach (var remove in Removed.Values.Where(r => r.DeletionTimestamp >= tombstonesFrom))
            yield return new DeltaAction { Remove = remove };
        foreach (var add in Files.Values)
            yield return new DeltaAction { Add = add };
    }
}
