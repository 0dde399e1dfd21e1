using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse;

/// <summary>One run's load, top to bottom; the caller holds the transaction.</summary>
internal abstract class WarehouseLoader(WarehouseSession session, ChangeSet changes, IReadOnlyList<Table> tables)
{
    /// <param name="HasRows">The run brings rows to the table.</param>
    /// <param name="IsFirst">The table of the star has no rows yet: none can differ, clash or be gone.</param>
    protected sealed record Part(TableChange Change, Table Table, MergeSql Merge, bool HasRows, bool IsFirst);

    /// <summary>What the rows in <c>stg</c> are beside those of the star, before anything is merged.</summary>
    /// <param name="Staged">Rows, minutes and hours in <c>stg</c>.</param>
    /// <param name="InStar">Those of the rows of the star that have the same keys.</param>
    /// <param name="Inserted">Rows whose keys the star does not have.</param>
    /// <param name="Changed">Rows that will overwrite one that differs.</param>
    /// <param name="Repeats">Rows in <c>stg</c> whose key came before; there must be none.</param>
    /// <param name="Clash">A key that stands for another id in the star; null when there is none.</param>
    /// <param name="Gone">Rows of the star that the run gives up by leaving them out.</param>
    protected sealed record Comparison(
        ControlTotals Staged,
        ControlTotals InStar,
        long Inserted,
        long Changed,
        long Repeats,
        long? Clash,
        long Gone
    )
    {
        /// <summary>The star holds all of it already.</summary>
        public bool IsSame => Inserted + Changed == 0;
    }

    protected ChangeSet Changes => changes;

    protected IReadOnlyList<Table> Tables => tables;

    public IReadOnlyList<TableCounts> Run()
    {
        var parts = Land();
        ListKeys([
            .. changes.Tables.SelectMany(c =>
                c.Deleted.Select(key => new ListedKey(MergeSql.GoneKeys, c.Table, null, key))
            ),
            .. changes.Tables.SelectMany(c =>
                c.DeleteScopes.SelectMany(claim =>
                    claim.Excluded.Select(key => new ListedKey(MergeSql.ProtectedKeys, c.Table, claim.Parent?.Key, key))
                )
            ),
        ]);
        var merged = parts.ConvertAll(MergeChecked);
        var counts = parts
            .Zip(merged, (part, done) => done.Counts with { Deleted = done.MayHaveGone ? Tombstone(part) : 0 })
            .ToList();
        // Rows that were there already refer to what was there already: the star never loses a row.
        foreach (var (part, count) in parts.Zip(counts).Where(p => p.Second.Inserted + p.Second.Changed > 0))
            LoadChecks.References(session, part.Table, part.Merge, tables);
        return counts;
    }

    /// <summary>
    /// Takes the star back to what lands, all rows of every table as they were after the run, and forgets the later
    /// ones. Whatever a run changes bears its id, so that rows that no later one brought stay as they are.
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
            InsertWhatIsMissing(part);
        }
        foreach (var part in parts.Where(p => p.HasRows))
            LoadChecks.References(session, part.Table, part.Merge, tables);
        Journal.Forget(session, changes.Sequence);
        Clear();
    }

    /// <summary>Puts what lands in the place of the rows of the same keys. The rows of the star are these, with other
    /// values.</summary>
    public void Replace()
    {
        foreach (var part in Land())
        {
            LoadChecks.Unique(session, part.Table, part.Merge);
            session.Execute(part.Merge.RemoveLanded);
            InsertWhatIsMissing(part);
        }
        Clear();
    }

    /// <summary>Afterwards the star is what landed.</summary>
    private void InsertWhatIsMissing(Part part)
    {
        if (part.HasRows)
            InsertMissing(part);
        LoadChecks.Balance(
            part.Table,
            "the lake holds",
            session.Tally(part.Merge.InStaging),
            "dw holds",
            session.Tally(part.Merge.InWholeStar)
        );
    }

    protected abstract MergeSql MergeOf(Table table);

    /// <summary>Takes everything out of <c>stg</c>.</summary>
    protected abstract void Clear();

    /// <summary>Takes out what <see cref="Stage"/> would leave there.</summary>
    protected virtual void ClearForStaging() => Clear();

    /// <summary>Brings the run's rows of a table into <c>stg</c>.</summary>
    /// <returns>Whether there are any files of it.</returns>
    protected abstract bool Stage(TableChange change, Table table);

    /// <summary>Reads with a statement what is in <c>stg</c>.</summary>
    protected virtual T ReadStaged<T>(Table table, Func<T> read) => read();

    /// <summary>Brings the rows from <c>stg</c> into the star that it does not have, or has otherwise.</summary>
    protected abstract void Merge(Part part, Comparison staged);

    /// <summary>Brings the rows from <c>stg</c> whose keys the star does not have.</summary>
    protected abstract void InsertMissing(Part part);

    protected abstract void ListKeys(IReadOnlyList<ListedKey> keys);

    private List<Part> Land()
    {
        ClearForStaging();
        var landing = changes
            .Tables.Select(change => (Change: change, Table: tables.Single(t => t.Name == change.Table)))
            .ToList();
        if (landing.Count == 0)
            return [];
        var isEmpty = session.Single(
            MergeSql.AreEmpty(landing.Select(l => l.Table)),
            row => landing.Select((_, i) => WarehouseSession.Whole(row, i) == 1).ToList()
        );
        return
        [
            .. landing.Select(
                (l, i) => new Part(l.Change, l.Table, MergeOf(l.Table), Stage(l.Change, l.Table), isEmpty[i])
            ),
        ];
    }

    private (TableCounts Counts, bool MayHaveGone) MergeChecked(Part part)
    {
        if (!part.HasRows)
            return (new TableCounts(part.Table.Name, 0, 0, 0, 0, 0) { Loaded = default(ControlTotals) }, true);
        var found = ReadStaged(part.Table, () => Compare(part));
        if (found.Repeats > 0)
            LoadChecks.Unique(session, part.Table, part.Merge);
        LoadChecks.Balance(
            part.Table,
            "the row files hold",
            part.Change.Filed ?? found.Staged with { Rows = part.Change.Rows },
            "stg holds",
            found.Staged
        );
        LoadChecks.SameId(session, part.Table, part.Merge, found.Clash);
        if (!found.IsSame)
            ReadStaged(
                part.Table,
                () =>
                {
                    Merge(part, found);
                    return true;
                }
            );
        var loaded = found.IsSame
            ? found.InStar
            : session.Tally(part.IsFirst ? part.Merge.InWholeStar : part.Merge.InStar);
        LoadChecks.Balance(part.Table, "stg holds", found.Staged, "dw holds of them", loaded);
        var counts = new TableCounts(
            part.Table.Name,
            found.Staged.Rows,
            found.Inserted,
            found.Changed,
            found.Staged.Rows - found.Inserted - found.Changed,
            0
        );
        return (counts with { Loaded = loaded }, found.Gone > 0 || part.Change.Deleted.Count > 0);
    }

    private Comparison Compare(Part part) =>
        session.Single(
            part.IsFirst ? part.Merge.FirstComparison : part.Merge.Comparison(part.Change, changes),
            row => new Comparison(
                WarehouseSession.TallyAt(row, 0),
                WarehouseSession.TallyAt(row, 3),
                WarehouseSession.Whole(row, 6),
                WarehouseSession.Whole(row, 7),
                WarehouseSession.Whole(row, 8),
                row.IsDBNull(9) ? null : WarehouseSession.Whole(row, 9),
                WarehouseSession.Whole(row, 10)
            )
        );

    private long Tombstone(Part part) =>
        part.Merge.Tombstone(part.Change, part.IsFirst, changes) is { } statement
            ? session.Execute(statement, changes.RunId, changes.ExtractedAt)
            : 0;
}

/// <summary>A key that a load says is gone or not to be touched, of a table's own keys or of one of its
/// columns.</summary>
internal sealed record ListedKey(string List, string Table, string? Column, long Key);
