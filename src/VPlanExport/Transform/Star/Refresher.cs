using VPlanExport.Model;

namespace VPlanExport.Transform.Star;

/// <summary>Rows this run did not read, whose values it changed all the same: a card's new board, a due date, another
/// day late.</summary>
/// <param name="isSettled">Keys of rows that the run has read itself, or that vPlan no longer has.</param>
internal sealed class Refresher(Table table, Lookups lookups, RunContext run, Func<long, bool> isSettled)
{
    private readonly RowBatch _after = new(table);
    private readonly RowBatch _refreshed = new(table);
    private readonly List<int> _changed = [];

    /// <summary>Facts that other tables or the calendar decide in part. Parents are left out: their rows also speak for
    /// their children.</summary>
    public static bool IsRefreshed(Table table, IReadOnlyList<Table> tables) =>
        table.Kind == TableKind.Fact
        && table.Columns.Any(c => c.Lookups.Count > 0)
        && !tables.Any(t => t.Parent?.Table == table.Name);

    /// <summary>The rows of the batch that are not the same any more, as they are now; they hold until the next
    /// call.</summary>
    public RowBatch Refresh(RowBatch before)
    {
        _after.Clear();
        _after.AppendRows(before, [.. Enumerable.Range(0, before.Count)]);
        Lookups.Forget(_after);
        lookups.Complete(_after, run.Today);
        _changed.Clear();
        for (var row = 0; row < before.Count; row++)
        {
            if (!before.Typed<bool>("is_deleted")[row] && !isSettled(before.Key(row)) && Differs(before, row))
                _changed.Add(row);
        }
        _refreshed.Clear();
        _refreshed.AppendRows(_after, [.. _changed]);
        for (var row = 0; row < _refreshed.Count; row++)
            Stamp(row);
        return _refreshed;
    }

    private bool Differs(RowBatch before, int row)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (!before[i].SameValue(row, _after[i], row))
                return true;
        }
        return false;
    }

    private void Stamp(int row)
    {
        _refreshed.Typed<string>("run_id").Set(row, run.RunId);
        _refreshed.Typed<DateTime>("extracted_at").Set(row, run.StartedAt);
    }
}
