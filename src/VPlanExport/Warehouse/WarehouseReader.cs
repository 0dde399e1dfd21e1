using System.Data.Common;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse;

/// <summary>The rows of a table of the star, as an engine's driver gives them.</summary>
internal sealed class WarehouseReader
{
    private const int BatchRows = 10_000;
    private readonly Table _table;
    private readonly DbDataReader _reader;
    private readonly RowBatch _batch;

    /// <summary>By the catalog's columns: where the answer has them; -1 where it does not.</summary>
    private readonly int[] _ordinals;

    public WarehouseReader(Table table, DbDataReader reader)
    {
        (_table, _reader, _batch) = (table, reader, new RowBatch(table));
        var names = Enumerable
            .Range(0, reader.FieldCount)
            .ToDictionary(reader.GetName, i => i, StringComparer.OrdinalIgnoreCase);
        _ordinals = [.. table.Columns.Select(c => names.GetValueOrDefault(c.Name, -1))];
    }

    /// <summary>The rows; the batch is reused.</summary>
    /// <exception cref="ContractException">A value is none of its column's declared type.</exception>
    public IEnumerable<RowBatch> Batches()
    {
        while (_reader.Read())
        {
            for (var i = 0; i < _ordinals.Length; i++)
                Append(i);
            if (_batch.Count < BatchRows)
                continue;
            yield return _batch;
            _batch.Clear();
        }
        yield return _batch;
    }

    private void Append(int i)
    {
        try
        {
            if (_ordinals[i] < 0)
                _batch[i].AppendAbsent(_table.Columns[i].Type, rows: 1);
            else if (_reader.IsDBNull(_ordinals[i]))
                _batch[i].AppendNull();
            else
                Append(_batch[i], _ordinals[i]);
        }
        catch (Exception e)
            when (e is InvalidCastException or OverflowException or ArgumentException or FormatException)
        {
            var column = _table.Columns[i];
            throw new ContractException(
                $"Column dw.{_table}.{column.Name} is declared as {column.Type} and holds another value, "
                    + $"as {_reader.GetDataTypeName(_ordinals[i])}: {e.Message} "
                    + "The next `vplan-export run` says which statement fixes the column.",
                e
            );
        }
    }

    private void Append(ColumnBuffer buffer, int ordinal)
    {
        switch (buffer)
        {
            case ColumnBuffer<long> c:
                c.Append(_reader.GetInt64(ordinal));
                break;
            case ColumnBuffer<int> c:
                c.Append(_reader.GetInt32(ordinal));
                break;
            case ColumnBuffer<bool> c:
                c.Append(_reader.GetBoolean(ordinal));
                break;
            case ColumnBuffer<string> c:
                c.Append(_reader.GetString(ordinal));
                break;
            case ColumnBuffer<decimal> c:
                c.Append(_reader.GetDecimal(ordinal));
                break;
            case ColumnBuffer<DateOnly> c:
                c.Append(_reader.GetFieldValue<DateOnly>(ordinal));
                break;
            case ColumnBuffer<DateTime> c:
                c.Append(DateTime.SpecifyKind(_reader.GetDateTime(ordinal), DateTimeKind.Utc));
                break;
        }
    }
}
