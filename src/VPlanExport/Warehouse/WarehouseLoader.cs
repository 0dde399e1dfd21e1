using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse;

/// <summary>One run's load, top to bottom; the caller holds the transaction.</summary>
internal abstract class WarehouseLoader(WarehouseSession session, ChangeSet changes, IReadOnlyList<Table> tables)
{
    /// <param name="HasRows">The run brings rows to the table.</param>
    /// <param name="IsFirst">The table of the star has no rows yet: none can differ, clash or be gone.</param>
    protected sealed record Part(TableChange Change, Table Table, MergeSql Merge, bool HasRows, bool IsFirst);

    protected ChangeSet Changes => changes;

    public IReadOnlyList<TableCounts> Run()
    {
        var parts = Land();
        ListKeys(
        [
            .. changes.Tables.SelectMany(c => c.Deleted.Select(key => new ListedKey(MergeSql.GoneKeys, c.Table, null, key))),
            .. changes.Tables.SelectMany(c => c.DeleteScopes.SelectMany(claim => claim.Excluded.Select(key => new ListedKey(MergeSql.ProtectedKeys, c.Table, claim.Parent?.Key, key)))),
        ]);
        var merged = parts.ConvertAll(MergeChecked);
        var counts = parts.Zip(merged, (part, count) => count with { Deleted = Tombstone(part) }).ToList();
        foreach (var part in parts)
            LoadChecks.References(session, part.Table, part.Merge, tables);
        return counts;
    }

    /// <summary>
    /// Takes the star back to what lands, all rows of every table as they were after the run, and forgets the later ones. Whatever a run changes bears its id,
    /// so that rows that no later one brought stay as they are.
    /// </summary>
    public void Restore()
    {
        if (!(Journal.LastSequence(session) > changes.Sequence))
            return;
        var parts = Land();
        foreach (var part in parts)
        {
            LoadChecks.Unique(session, part.Table, part.Merge);
            session.Execute(part.Merge.RemoveLater, changes.Sequence);
            session.Execute(part.Merge.RemoveOthers);
            if (part.HasRows)
                InsertMissing(part);
            LoadChecks.Balance(part.Table, "the lake holds", session.Tally(part.Merge.InStaging), "dw holds", session.Tally(part.Merge.InWholeStar));
        }
        foreach (var part in parts)
            LoadChecks.References(session, part.Table, part.Merge, tables);
        Journal.Forget(session, changes.Sequence);
        Truncate();
    }

    protected abstract MergeSql MergeOf(Table table);

    /// <summary>Brings the run's rows of a table into <c>stg</c>.</summary>
    /// <returns>Whether there are any files of it.</returns>
    protected abstract bool Stage(TableChange change, Table table);

    /// <summary>Brings the rows from <c>stg</c> into the star.</summary>
    protected abstract TableCounts Merge(Part part);

    /// <summary>Brings the rows from <c>stg</c> whose keys the star does not have.</summary>
    protected abstract void InsertMissing(Part part);

    protected abstract void ListKeys(IReadOnlyList<ListedKey> keys);

    private List<Part> Land()
    {
        Truncate();
        return [.. changes.Tables.Select(Land)];
    }

    private void Truncate() => session.Execute(string.Join("; ", tables.Select(table => MergeOf(table).Truncate)));

    private Part Land(TableChange change)
    {
        var table = tables.Single(t => t.Name == change.Table);
        var merge = MergeOf(table);
        return new Part(change, table, merge, Stage(change, table), session.Number(merge.IsEmpty) == 1);
    }

    private TableCounts MergeChecked(Part part)
    {
        if (!part.HasRows)
            return new TableCounts(part.Table.Name, 0, 0, 0, 0, 0) { Loaded = default(ControlTotals) };
        LoadChecks.Unique(session, part.Table, part.Merge);
        var staged = session.Tally(part.Merge.InStaging);
        LoadChecks.Balance(part.Table, "the row files hold", part.Change.Filed ?? staged with { Rows = part.Change.Rows }, "stg holds", staged);
        var counts = Merge(part);
        var merged = session.Tally(part.IsFirst ? part.Merge.InWholeStar : part.Merge.InStar);
        LoadChecks.Balance(part.Table, "stg holds", staged, "dw holds of them", merged);
        return counts with { Loaded = merged };
    }

    private long Tombstone(Part part) =>
        part.Merge.Tombstone(part.Change, part.IsFirst, changes) is { } statement
            ? session.Execute(statement, changes.RunId, changes.ExtractedAt)
            : 0;
}

/// <summary>A key that a load says is gone or not to be touched, of a table's own keys or of one of its columns.</summary>
internal sealed record ListedKey(string List, string Table, string? Column, long Key);
