using System.Buffers;
using System.Text;
using Parquet;
using Parquet.Schema;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>A column of text.</summary>
/// <remarks>
/// Parquet orders text by its UTF-8 bytes, Parquet.Net by UTF-16 units; the two differ as soon as there are surrogates,
/// and a wrong bound makes readers skip rows that are there. Bytes are written without bounds, so text with surrogates,
/// like long text, goes as bytes.
/// </remarks>
internal sealed class TextCodec(Column column) : ColumnCodec(column)
{
    private readonly StringPool _texts = new(Encoding.UTF8.GetString);

    public override Task WriteAsync(
        ParquetRowGroupWriter group,
        DataField logical,
        DataField physical,
        ColumnBuffer values,
        Range rows
    )
    {
        var (from, count) = rows.GetOffsetAndLength(values.Count);
        var texts = ((ColumnBuffer<string>)values).Memory.Slice(from, count);
        var bounded = ParquetTypes.HasBounds(Column.Type) && !HasSurrogates(texts.Span);
        return bounded
            ? WriteAsync<char>(group, logical, texts, text => text.AsMemory())
            : WriteAsync<byte>(group, physical, texts, text => Encoding.UTF8.GetBytes(text));
    }

    public override async Task ReadAsync(
        ParquetRowGroupReader group,
        DataField physical,
        ColumnBuffer into,
        CancellationToken cancellationToken
    )
    {
        var count = (int)group.RowCount;
        var present = ArrayPool<ReadOnlyMemory<byte>>.Shared.Rent(count);
        var levels = ArrayPool<int>.Shared.Rent(count);
        await group.ReadRawAsync<ReadOnlyMemory<byte>>(
            physical,
            present.AsMemory(),
            levels.AsMemory(),
            null,
            cancellationToken
        );
        Spread((ColumnBuffer<string>)into, count, present, levels);
        ArrayPool<ReadOnlyMemory<byte>>.Shared.Return(present, clearArray: true);
        ArrayPool<int>.Shared.Return(levels);
    }

    public override object Bound(byte[] stored) => Encoding.UTF8.GetString(stored);

    private static async Task WriteAsync<TUnit>(
        ParquetRowGroupWriter group,
        DataField field,
        ReadOnlyMemory<string> texts,
        Func<string, ReadOnlyMemory<TUnit>> units
    )
    {
        var present = ArrayPool<ReadOnlyMemory<TUnit>>.Shared.Rent(texts.Length);
        var levels = ArrayPool<int>.Shared.Rent(texts.Length);
        var filled = Fill(texts.Span, present, levels, units);
        await group.WriteAllPartsAsync<ReadOnlyMemory<TUnit>>(
            field,
            present.AsMemory(0, filled),
            levels.AsMemory(0, texts.Length),
            null,
            CancellationToken.None
        );
        ArrayPool<ReadOnlyMemory<TUnit>>.Shared.Return(present, clearArray: true);
        ArrayPool<int>.Shared.Return(levels);
    }

    private static int Fill<TUnit>(
        ReadOnlySpan<string> texts,
        ReadOnlyMemory<TUnit>[] present,
        int[] levels,
        Func<string, ReadOnlyMemory<TUnit>> units
    )
    {
        var filled = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            levels[i] = texts[i] is null ? 0 : 1;
            if (texts[i] is { } text)
                present[filled++] = units(text);
        }
        return filled;
    }

    private void Spread(ColumnBuffer<string> into, int count, ReadOnlyMemory<byte>[] present, int[] levels)
    {
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (levels[i] == 0)
                into.AppendNull();
            else
                into.Append(_texts.Get(present[next++].Span));
        }
    }

    private static bool HasSurrogates(ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
                return true;
        }
        return false;
    }
}
