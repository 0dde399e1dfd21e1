using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace VPlanExport.Model;

/// <summary>
/// The hash of a row's values: equal for rows that say the same, in whichever sink and by whichever run they came. The
/// columns that name the run are left out.
/// </summary>
internal sealed class RowHash(Table table)
{
    private readonly int[] _values =
    [
        .. Compared(table).Where(ordinal => ordinal > 0 && table.Columns[ordinal].Name != "is_deleted"),
    ];
    private readonly int[] _whole = [.. Compared(table)];
    private readonly ArrayBufferWriter<byte> _row = new(4096);

    /// <summary>The columns of which two rows are equal when they say the same: all but those that name the
    /// run.</summary>
    /// <remarks>In SQL Server a row that comes again unchanged keeps the run that changed it.</remarks>
    public static IEnumerable<int> Compared(Table table) =>
        table.Columns.Index().Where(c => c.Item.Name is not ("run_id" or "extracted_at")).Select(c => c.Index);

    /// <summary>The hash of all values but the key and the mark of deletion.</summary>
    public long Of(RowBatch batch, int row) => (long)XxHash3.HashToUInt64(Bytes(batch, row, _values));

    /// <summary>The hash of all values.</summary>
    public UInt128 OfWhole(RowBatch batch, int row) => XxHash128.HashToUInt128(Bytes(batch, row, _whole));

    private ReadOnlySpan<byte> Bytes(RowBatch batch, int row, int[] ordinals)
    {
        _row.ResetWrittenCount();
        foreach (var ordinal in ordinals)
            Write(batch[ordinal], row, table.Columns[ordinal].Type.Scale);
        return _row.WrittenSpan;
    }

    /// <summary>A null, and a text's length, are told apart from every value; a decimal has the scale of its column,
    /// however an engine renders it.</summary>
    private void Write(ColumnBuffer column, int row, int scale)
    {
        if (column.IsNull(row))
        {
            _row.Write<byte>([0]);
            return;
        }
        _row.Write<byte>([1]);
        switch (column)
        {
            case ColumnBuffer<long> c:
                Write(c[row]);
                break;
            case ColumnBuffer<int> c:
                Write(c[row]);
                break;
            case ColumnBuffer<bool> c:
                Write(c[row] ? 1 : 0);
                break;
            case ColumnBuffer<DateOnly> c:
                Write(c[row].DayNumber);
                break;
            case ColumnBuffer<DateTime> c:
                Write(c[row].Ticks);
                break;
            case ColumnBuffer<decimal> c:
                Write(decimal.GetBits(Math.Round(c[row], scale) + new decimal(0, 0, 0, false, (byte)scale)));
                break;
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
