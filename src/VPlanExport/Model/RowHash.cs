using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace VPlanExport.Model;

/// <summary>
/// The hash of a row's values: equal for rows that say the same, by whichever run they came. The key, the mark of deletion and what tells the run
/// are left out.
/// </summary>
internal sealed class RowHash(Table table)
{
    private readonly int[] _compared = [.. table.Columns.Index().Skip(1).Where(c => c.Item.Name is not ("is_deleted" or "run_id" or "extracted_at")).Select(c => c.Index)];
    private readonly ArrayBufferWriter<byte> _row = new(4096);

    public long Of(RowBatch batch, int row)
    {
        _row.ResetWrittenCount();
        foreach (var ordinal in _compared)
            Write(batch[ordinal], row);
        return (long)XxHash3.HashToUInt64(_row.WrittenSpan);
    }

    /// <summary>A null, and a text's length, are told apart from every value.</summary>
    private void Write(ColumnBuffer column, int row)
    {
        if (column.IsNull(row))
        {
            _row.Write<byte>([0]);
            return;
        }
        _row.Write<byte>([1]);
        switch (column)
        {
            case ColumnBuffer<long> c: Write(c[row]); break;
            case ColumnBuffer<int> c: Write(c[row]); break;
            case ColumnBuffer<bool> c: Write(c[row] ? 1 : 0); break;
            case ColumnBuffer<DateOnly> c: Write(c[row].DayNumber); break;
            case ColumnBuffer<DateTime> c: Write(c[row].Ticks); break;
            case ColumnBuffer<decimal> c: Write(decimal.GetBits(c[row])); break;
            case ColumnBuffer<string> c:
                Write(c[row].Length);
                _row.Write(MemoryMarshal.AsBytes(c[row].AsSpan()));
                break;
        }
    }

    private void Write(int[] bits)
    {
        foreach (var part in bits)
            Write(part);
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_row.GetSpan(sizeof(long)), value);
        _row.Advance(sizeof(long));
    }
}
