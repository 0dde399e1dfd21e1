using Parquet;
using Parquet.Schema;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>Writes rows of one table to a Parquet file. Disposing it writes the footer; the stream stays
/// open.</summary>
internal sealed class RowFileWriter : IAsyncDisposable
{
    private readonly ParquetWriter _writer;
    private readonly ColumnCodec[] _codecs;
    private readonly DataField[] _logical;
    private readonly DataField[] _physical;

    private RowFileWriter(Table table, ParquetSchema schema, ParquetWriter writer)
    {
        _writer = writer;
        _codecs = [.. table.Columns.Select(ColumnCodec.For)];
        _logical = schema.DataFields;
        _physical = ParquetTypes.Physical(table).DataFields;
    }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    public static async Task<RowFileWriter> CreateAsync(Table table, Stream stream)
    {
        var schema = ParquetTypes.Logical(table);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        return new RowFileWriter(table, schema, await ParquetWriter.CreateAsync(schema, stream, options));
    }

    /// <summary>Writes the batch as row groups of at most <see cref="RowFile.RowGroupRows"/> rows; the batch may be
    /// reused afterwards.</summary>
    public async Task WriteAsync(RowBatch batch)
    {
        for (var from = 0; from < batch.Count; from += RowFile.RowGroupRows)
            await WriteGroupAsync(batch, from..Math.Min(from + RowFile.RowGroupRows, batch.Count));
        Rows += batch.Count;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteGroupAsync(RowBatch batch, Range rows)
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _codecs.Length; i++)
            await _codecs[i].WriteAsync(group, _logical[i], _physical[i], batch[i], rows);
    }
}
