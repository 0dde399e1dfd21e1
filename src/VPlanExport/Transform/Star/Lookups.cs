using VPlanExport.Model;

namespace VPlanExport.Transform.Star;

/// <summary>
/// What other tables' rows say about a row: the card's board for a time entry, the collection's due date for a card.
/// Starts from the lake's state, takes over what this run read, and remembers whose values changed.
/// </summary>
internal sealed class Lookups
{
    private const long None = long.MinValue;

    private readonly Dictionary<(string Table, string Column), Dictionary<long, long>> _values = [];
    private readonly HashSet<string> _changed = [];

    public Lookups(IEnumerable<Table> tables)
    {
        foreach (var lookup in tables.SelectMany(t => t.Columns).SelectMany(c => c.Lookups))
            _values.TryAdd((lookup.Table, lookup.Column), []);
    }

    /// <summary>The columns of a table that others look up.</summary>
    public IReadOnlyList<string> ColumnsOf(Table table) =>
        [.. _values.Keys.Where(k => k.Table == table.Name).Select(k => k.Column)];

    /// <summary>Rows of the table from before this run may look up or compute something else now.</summary>
    public bool MayHaveChanged(Table table) =>
        table.Columns.Any(c => c.Source is Source.Derived || c.Lookups.Any(l => _changed.Contains(l.Table)));

    /// <summary>Takes the values of rows, the lake's first and then this run's.</summary>
    public void Take(RowBatch batch, bool isThisRun)
    {
        foreach (var column in ColumnsOf(batch.Table))
        {
            var values = _values[(batch.Table.Name, column)];
            for (var row = 0; row < batch.Count; row++)
            {
                var (key, value) = (batch.Key(row), ValueOf(batch[column], row));
                if (isThisRun && values.TryGetValue(key, out var before) && before != value)
                    _changed.Add(batch.Table.Name);
                values[key] = value;
            }
        }
    }

    /// <summary>Fills what the record itself did not say, then what is derived from it: date keys and computed
    /// columns.</summary>
    public void Complete(RowBatch batch, DateOnly today)
    {
        foreach (var column in batch.Table.Columns)
        {
            foreach (var lookup in column.Lookups)
                Fill(batch, column, lookup);
        }
        foreach (var column in batch.Table.Columns)
        {
            if (column.Source is Source.DateKeyOf date)
                FillDateKeys(batch, column, date.Column);
            else if (column.Source is Source.Derived derived)
                Derive(batch, column, derived, today);
        }
    }

    /// <summary>Empties the columns that are only looked up, so that <see cref="Complete"/> fills them again.</summary>
    public static void Forget(RowBatch batch)
    {
        foreach (var column in batch.Table.Columns.Where(c => c.Source is Source.None && c.Lookups.Count > 0))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (column.Type.Kind == ColumnKind.Key)
                    batch.Typed<long>(column.Name).Set(row, SurrogateKey.Unknown);
                else
                    batch.Typed<DateOnly>(column.Name).SetNull(row);
            }
        }
    }

    private void Fill(RowBatch batch, Column column, Lookup lookup)
    {
        var values = _values[(lookup.Table, lookup.Column)];
        var via = batch.Typed<long>(lookup.Via);
        for (var row = 0; row < batch.Count; row++)
        {
            if (values.TryGetValue(via[row], out var value) && value != None)
                FillEmpty(batch[column.Name], row, value);
        }
    }

    private static void FillEmpty(ColumnBuffer buffer, int row, long value)
    {
        if (buffer is ColumnBuffer<long> keys && keys[row] == SurrogateKey.Unknown)
            keys.Set(row, value);
        else if (buffer is ColumnBuffer<DateOnly> dates && dates.IsNull(row))
            dates.Set(row, DateOnly.FromDayNumber((int)value));
    }

    private static void FillDateKeys(RowBatch batch, Column column, string dateColumn)
    {
        var (dates, keys) = (batch.Typed<DateOnly>(dateColumn), batch.Typed<int>(column.Name));
        for (var row = 0; row < batch.Count; row++)
            keys.Set(row, dates.IsNull(row) ? (int)SurrogateKey.Unknown : BusinessZone.KeyOf(dates[row]));
    }

    private static void Derive(RowBatch batch, Column column, Source.Derived derived, DateOnly today)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var value = derived.Compute(new RowView(batch, row, today));
            var buffer = batch[column.Name];
            if (value is null)
                SetNull(buffer, row);
            else if (buffer is ColumnBuffer<int> small)
                small.Set(row, (int)value);
            else
                ((ColumnBuffer<long>)buffer).Set(row, value.Value);
        }
    }

    private static void SetNull(ColumnBuffer buffer, int row)
    {
        if (buffer is ColumnBuffer<int> small)
            small.SetNull(row);
        else
            ((ColumnBuffer<long>)buffer).SetNull(row);
    }

    private static long ValueOf(ColumnBuffer buffer, int row) =>
        buffer switch
        {
            _ when buffer.IsNull(row) => None,
            ColumnBuffer<long> keys => keys[row] == SurrogateKey.Unknown ? None : keys[row],
            ColumnBuffer<DateOnly> dates => dates[row].DayNumber,
            _ => throw new InvalidOperationException("Only keys and dates can be looked up."),
        };
}
