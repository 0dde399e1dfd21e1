namespace VPlanExport.Model;

/// <summary>Some rows of one table, held by column.</summary>
internal sealed class RowBatch
{
    private readonly ColumnBuffer[] _columns;

    public RowBatch(Table table)
    {
        Table = table;
        _columns = [.. table.Columns.Select(c => ColumnBuffer.For(c.Type))];
    }

    public Table Table { get; }

    /// <summary>The number of whole rows.</summary>
    public int Count => _columns[0].Count;

    public ColumnBuffer this[int ordinal] => _columns[ordinal];

    public ColumnBuffer this[string column] => _columns[Table.Ordinal(column)];

    public ColumnBuffer<T> Typed<T>(string column) => (ColumnBuffer<T>)this[column];

    /// <summary>The merge key of a row.</summary>
    public long Key(int row) =>
        _columns[0] is ColumnBuffer<long> keys ? keys[row] : ((ColumnBuffer<int>)_columns[0])[row];

    public void AppendFrom(RowBatch source, int row)
    {
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].AppendFrom(source._columns[i], row);
    }

    public void AppendRows(RowBatch source, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].AppendRows(source._columns[i], rows);
    }

    public void Truncate(int count)
    {
        foreach (var column in _columns)
            column.Truncate(count);
    }

    /// <summary>Gives every column <paramref name="count"/> rows.</summary>
    public void FillTo(int count)
    {
        foreach (var column in _columns)
            column.FillTo(count);
    }

    public void Clear()
    {
        foreach (var column in _columns)
            column.Truncate(0);
    }
}

/// <summary>One row of a batch, for derived columns.</summary>
internal readonly record struct RowView(RowBatch Batch, int Row, DateOnly Today)
{
    public DateOnly? Date(string column) => Batch[column].IsNull(Row) ? null : Batch.Typed<DateOnly>(column)[Row];
}
