using System.Buffers;
using System.Runtime.InteropServices;
using Parquet;
using Parquet.Schema;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>A column of fixed-width values: <typeparamref name="T"/> in a buffer, <typeparamref name="TStored"/> in a
/// file.</summary>
internal sealed class NumberCodec<T, TStored>(Column column, Func<T, TStored> store, Func<TStored, T> restore)
    : ColumnCodec(column)
    where T : struct
    where TStored : unmanaged
{
    public override async Task WriteAsync(
        ParquetRowGroupWriter group,
        DataField logical,
        DataField physical,
        ColumnBuffer values,
        Range rows
    )
    {
        var typed = (ColumnBuffer<T>)values;
        if (!Column.Type.IsNullable && typed is ColumnBuffer<TStored> stored)
        {
            await group.WriteAllPartsAsync(physical, stored.Memory[rows], null, null, CancellationToken.None);
            return;
        }
        var (from, count) = rows.GetOffsetAndLength(typed.Count);
        var present = ArrayPool<TStored>.Shared.Rent(count);
        var levels = ArrayPool<int>.Shared.Rent(count);
        var filled = Fill(typed, from, count, present, levels);
        await group.WriteAllPartsAsync<TStored>(
            physical,
            present.AsMemory(0, filled),
            levels.AsMemory(0, count),
            null,
            CancellationToken.None
        );
        ArrayPool<TStored>.Shared.Return(present);
        ArrayPool<int>.Shared.Return(levels);
    }

    public override async Task ReadAsync(
        ParquetRowGroupReader group,
        DataField physical,
        ColumnBuffer into,
        CancellationToken cancellationToken
    )
    {
        var count = (int)group.RowCount;
        var present = ArrayPool<TStored>.Shared.Rent(count);
        var levels = Column.Type.IsNullable ? ArrayPool<int>.Shared.Rent(count) : null;
        await group.ReadRawAsync<TStored>(physical, present.AsMemory(), levels?.AsMemory(), null, cancellationToken);
        Spread((ColumnBuffer<T>)into, count, present, levels);
        ArrayPool<TStored>.Shared.Return(present);
        if (levels is not null)
            ArrayPool<int>.Shared.Return(levels);
    }

    public override object Bound(byte[] stored) => restore(MemoryMarshal.Read<TStored>(stored));

    private int Fill(ColumnBuffer<T> values, int from, int count, TStored[] present, int[] levels)
    {
        var source = values.Values.Slice(from, count);
        var nulls = values.Nulls.Slice(from, count);
        var filled = 0;
        for (var i = 0; i < count; i++)
        {
            levels[i] = nulls[i] ? 0 : 1;
            if (!nulls[i])
                present[filled++] = store(source[i]);
        }
        return filled;
    }

    private void Spread(ColumnBuffer<T> into, int count, TStored[] present, int[]? levels)
    {
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (levels is not null && levels[i] == 0)
                into.AppendNull();
            else
                into.Append(restore(present[next++]));
        }
    }
}
