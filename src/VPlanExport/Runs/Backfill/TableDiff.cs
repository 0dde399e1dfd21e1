using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Runs.Backfill;

/// <summary>What would change in a table's rows of a month.</summary>
/// <param name="Month">Of the table's business date, <c>2026-10</c>; empty for rows and tables without one.</param>
/// <param name="Changed">Rows that would say something else; one that moves to another month counts where it
/// goes.</param>
/// <param name="Minutes">Of the table's measure, after less before; null where it has none.</param>
internal sealed record DiffLine(string Table, string Month, long Added, long Changed, long Gone, long? Minutes);

/// <summary>A row that would change, with one column that would; of a row that comes or goes, the row alone.</summary>
/// <param name="Change">added, changed or gone.</param>
/// <param name="Id">vPlan's id; the key of rows without one.</param>
internal sealed record DiffRow(
    string Change,
    string Table,
    string Id,
    string Name,
    string Column,
    object? Old,
    object? New
);

/// <summary>
/// Compares a table's rows as they are with what they would be. Holds as much as the rows that are touched. Of several
/// changes of one row, each compared with the same state, the first is told.
/// </summary>
/// <param name="tellRow">Told each row that differs; null for no one.</param>
internal sealed class TableDiff(Table table, Action<DiffRow>? tellRow)
{
    private static readonly string[] Names = ["name", "code"];

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
        var kept = new RowBatch(table);
        await foreach (var batch in after)
        {
            var runs = batch.Typed<string>("run_id");
            for (var row = 0; row < batch.Count; row++)
            {
                if (runs[row] == runId && !_told.Contains(batch.Key(row)))
                {
                    touched[batch.Key(row)] = StateOf(batch, row) with { Kept = kept.Count };
                    if (tellRow is not null)
                        kept.AppendFrom(batch, row);
                }
            }
        }
        if (touched.Count == 0)
            return;
        await foreach (var batch in before())
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (!touched.Remove(batch.Key(row), out var now))
                    continue;
                var was = StateOf(batch, row);
                if (Tell(batch.Key(row), was, now))
                    TellRow(batch, row, was, kept, now);
            }
        }
        foreach (var (key, now) in touched)
        {
            if (Tell(key, default, now))
                TellRow(kept, now.Kept, default, kept, now);
        }
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

    private void TellRow(RowBatch before, int row, State was, RowBatch kept, State now)
    {
        if (tellRow is null)
            return;
        if (!was.IsLive || !now.IsLive)
        {
            tellRow(Row(was.IsLive ? "gone" : "added", before, row, "", null, null));
            return;
        }
        foreach (var column in RowHash.Compared(table))
        {
            if (!before[column].SameValue(row, kept[column], now.Kept))
                tellRow(
                    Row(
                        "changed",
                        before,
                        row,
                        table.Columns[column].Name,
                        before[column].Boxed(row),
                        kept[column].Boxed(now.Kept)
                    )
                );
        }
    }

    private DiffRow Row(string change, RowBatch batch, int row, string column, object? old, object? now) =>
        new(
            change,
            table.Name,
            table.Id is { } id ? $"{batch[id.Name].Boxed(row)}" : batch.Key(row).ToString(CultureInfo.InvariantCulture),
            Names.FirstOrDefault(table.Has) is { } name ? $"{batch[name].Boxed(row)}" : "",
            column,
            old,
            now
        );

    /// <returns>Whether they differ.</returns>
    private bool Tell(long key, State was, State now)
    {
        if (was.IsLive ? now.IsLive && now.Hash == was.Hash : !now.IsLive)
            return false;
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
        return true;
    }

    private void Count(int month, Func<DiffLine, DiffLine> count)
    {
        var name = RowMonth.Name(month);
        _lines[name] = count(
            _lines.GetValueOrDefault(name) ?? new DiffLine(table.Name, name, 0, 0, 0, _minutes is null ? null : 0)
        );
    }

    /// <param name="Kept">Where the row is kept.</param>
    private readonly record struct State(bool IsLive, long Hash, long Minutes, int Month, int Kept = 0);
}
