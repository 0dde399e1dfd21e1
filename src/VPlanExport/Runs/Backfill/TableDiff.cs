using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Runs.Backfill;

/// <summary>What would change in a table's rows of a month.</summary>
/// <param name="Month">Of the table's business date, <c>2026-10</c>; empty for rows and tables without one.</param>
/// <param name="Changed">Rows that would say something else; one that moves to another month counts where it
/// goes.</param>
/// <param name="Minutes">Of the table's measure, after less before; null where it has none.</param>
internal sealed record DiffLine(string Table, string Month, long Added, long Changed, long Gone, long? Minutes);

/// <summary>
/// Compares a table's rows as they are with what they would be. Holds as much as the rows that are touched. Of several
/// changes of one row, each compared with the same state, the first is told.
/// </summary>
internal sealed class TableDiff(Table table)
{
    private readonly RowHash _hash = new(table);
    private readonly RowMonth _month = new(table);
    private readonly string? _minutes = IsMeasured(table)
        ? table.Columns.FirstOrDefault(c => c is { Unit: "minutes", Type.Kind: ColumnKind.Int64 })?.Name
        : null;
    private readonly SortedDictionary<string, DiffLine> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<long> _told = [];

    public IEnumerable<DiffLine> Lines => _lines.Values;

    /// <param name="runId">On every row that the change writes.</param>
    /// <param name="before">The table's rows; asked for once at most.</param>
    public async Task AddAsync(string runId, Func<IAsyncEnumerable<RowBatch>> before, IAsyncEnumerable<RowBatch> after)
    {
        var touched = new Dictionary<long, State>();
        await foreach (var batch in after)
        {
            var runs = batch.Typed<string>("run_id");
            for (var row = 0; row < batch.Count; row++)
            {
                if (runs[row] == runId && !_told.Contains(batch.Key(row)))
                    touched[batch.Key(row)] = StateOf(batch, row);
            }
        }
        if (touched.Count == 0)
            return;
        await foreach (var batch in before())
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (touched.Remove(batch.Key(row), out var now))
                    Tell(batch.Key(row), StateOf(batch, row), now);
            }
        }
        foreach (var (key, now) in touched)
            Tell(key, default, now);
    }

    /// <summary>History is no measure: its minutes stand there once for each time they were planned.</summary>
    private static bool IsMeasured(Table table) =>
        table.Kind == TableKind.Fact && table != PlanHistory.Cards && table != PlanHistory.Changes;

    private State StateOf(RowBatch batch, int row) =>
        SystemColumns.Live(batch, row)
            ? new State(
                true,
                _hash.Of(batch, row),
                _minutes is not null && !batch[_minutes].IsNull(row) ? batch.Typed<long>(_minutes)[row] : 0,
                _month.Of(batch, row)
            )
            : default;

    private void Tell(long key, State was, State now)
    {
        if (was.IsLive ? now.IsLive && now.Hash == was.Hash : !now.IsLive)
            return;
        _told.Add(key);
        if (was.IsLive)
            Count(
                was.Month,
                line => line with { Gone = line.Gone + (now.IsLive ? 0 : 1), Minutes = line.Minutes - was.Minutes }
            );
        if (now.IsLive)
            Count(
                now.Month,
                line =>
                    line with
                    {
                        Added = line.Added + (was.IsLive ? 0 : 1),
                        Changed = line.Changed + (was.IsLive ? 1 : 0),
                        Minutes = line.Minutes + now.Minutes,
                    }
            );
    }

    private void Count(int month, Func<DiffLine, DiffLine> count)
    {
        var name = RowMonth.Name(month);
        _lines[name] = count(
            _lines.GetValueOrDefault(name) ?? new DiffLine(table.Name, name, 0, 0, 0, _minutes is null ? null : 0)
        );
    }

    private readonly record struct State(bool IsLive, long Hash, long Minutes, int Month);
}
