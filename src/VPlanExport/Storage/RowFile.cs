using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>Rows of one table in a Parquet file.</summary>
internal static class RowFile
{
    /// <summary>Rows a row group holds at most: what a reader or a writer has in memory at once.</summary>
    public const int RowGroupRows = 100_000;

    /// <summary>What to do when a run's row files are damaged or gone.</summary>
    public const string Advice =
        "Move the run's folder away and start again with run --full: what it held is read again.";

    /// <summary>Reads a file, a batch per row group. The batch is reused: it holds until the next one is asked
    /// for.</summary>
    /// <param name="columns">The columns wanted, null for all; the key is always read, other buffers stay
    /// empty.</param>
    /// <remarks>A column the file does not have (it was added later) is null, or -1 for keys and date keys.</remarks>
    /// <exception cref="SinkException">The file is damaged or holds another type than the column.</exception>
    public static async IAsyncEnumerable<RowBatch> ReadAsync(
        Stream stream,
        Table table,
        IReadOnlyCollection<string>? columns,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var reader = await OpenAsync(stream, table, cancellationToken);
        await foreach (var batch in ReadAsync(reader, stream, table, columns, cancellationToken))
            yield return batch;
    }

    /// <summary>Row count and statistics, without reading a row.</summary>
    /// <exception cref="SinkException">The file is damaged or holds another type than the column.</exception>
    public static async Task<RowFileFooter> ReadFooterAsync(
        Stream stream,
        Table table,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await OpenAsync(stream, table, cancellationToken);
        return FooterStats.Of(reader.Metadata!, table);
    }

    /// <summary>The rows that the footer tells, and the sums of the minutes and hours in the file.</summary>
    /// <exception cref="SinkException">The file is damaged or holds another type than the column.</exception>
    public static async Task<ControlTotals> TallyAsync(Stream stream, Table table, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(stream, table, cancellationToken);
        var tally = default(ControlTotals);
        var summed = table.Minutes.Concat(table.Hours).Select(c => c.Name).ToList();
        if (summed.Count > 0)
        {
            await foreach (var batch in ReadAsync(reader, stream, table, summed, cancellationToken))
                tally += ControlTotals.Of(batch);
        }
        return tally with { Rows = reader.Metadata!.NumRows };
    }

    /// <summary>Names of the columns a file holds, in its order, without reading a row.</summary>
    /// <exception cref="SinkException">The file is damaged or holds another type than the column.</exception>
    public static async Task<IReadOnlyList<string>> ReadColumnsAsync(
        Stream stream,
        Table table,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await OpenAsync(stream, table, cancellationToken);
        return [.. reader.Schema.DataFields.Select(f => f.Name)];
    }

    private static async Task<ParquetReader> OpenAsync(Stream stream, Table table, CancellationToken cancellationToken)
    {
        ParquetReader reader;
        try
        {
            reader = await ParquetReader.CreateAsync(
                stream,
                new ParquetOptions { UseDateOnlyTypeForDates = true },
                leaveStreamOpen: true,
                cancellationToken
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Broken(table, stream, e);
        }
        var (stored, declared) = (reader.Schema.DataFields, ParquetTypes.Logical(table).DataFields);
        foreach (var (i, column) in table.Columns.Index())
            Check(table, column, Array.Find(stored, f => f.Name == column.Name), declared[i]);
        return reader;
    }

    private static async IAsyncEnumerable<RowBatch> ReadAsync(
        ParquetReader reader,
        Stream stream,
        Table table,
        IReadOnlyCollection<string>? columns,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var plan = Plan(reader.Schema, table, columns);
        var batch = new RowBatch(table);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            batch.Clear();
            using var group = reader.OpenRowGroupReader(i);
            await ReadAsync(group, plan, batch, stream, cancellationToken);
            yield return batch;
        }
    }

    private static async Task ReadAsync(
        ParquetRowGroupReader group,
        List<ColumnReader> plan,
        RowBatch batch,
        Stream stream,
        CancellationToken cancellationToken
    )
    {
        try
        {
            foreach (var column in plan)
                await column.ReadAsync(group, batch, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or SinkException))
        {
            throw Broken(batch.Table, stream, e);
        }
    }

    private static SinkException Broken(Table table, Stream stream, Exception e) =>
        new(
            $"A file of table {table} ({(stream as FileStream)?.Name ?? "a stream"}, {stream.Length} bytes) is "
                + $"not a whole Parquet file: {e.Message} Load the table again.",
            e
        );

    private static List<ColumnReader> Plan(ParquetSchema file, Table table, IReadOnlyCollection<string>? columns)
    {
        var physical = ParquetTypes.Physical(table).DataFields;
        var present = file.DataFields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var plan = new List<ColumnReader>();
        for (var i = 0; i < physical.Length; i++)
        {
            var column = table.Columns[i];
            if (i > 0 && columns is not null && !columns.Contains(column.Name))
                continue;
            var stored = present.GetValueOrDefault(column.Name);
            plan.Add(new ColumnReader(i, ColumnCodec.For(column), stored is null ? null : physical[i]));
        }
        return plan;
    }

    private static void Check(Table table, Column column, DataField? stored, DataField declared)
    {
        if (stored is null)
            return;
        var same =
            stored.ClrType == declared.ClrType
            && stored.IsNullable == declared.IsNullable
            && (stored as DecimalDataField)?.Scale == (declared as DecimalDataField)?.Scale
            && (stored as DecimalDataField)?.Precision == (declared as DecimalDataField)?.Precision;
        if (!same)
            throw new SinkException(
                $"Column {table}.{column.Name} is {column.Type}, but a file holds it as {stored}: rebuild the "
                    + "table from the landed runs."
            );
    }

    private sealed record ColumnReader(int Ordinal, ColumnCodec Codec, DataField? Physical)
    {
        public async Task ReadAsync(ParquetRowGroupReader group, RowBatch batch, CancellationToken cancellationToken)
        {
            if (Physical is not null)
                await Codec.ReadAsync(group, Physical, batch[Ordinal], cancellationToken);
            else
                batch[Ordinal].AppendAbsent(Codec.Column.Type, (int)group.RowCount);
        }
    }
}

/// <summary>What a row file says about itself: its rows, and statistics of the columns it holds, by name.</summary>
internal sealed record RowFileFooter(long Rows, IReadOnlyDictionary<string, ColumnStats> Columns);

/// <summary>Least and greatest value as the column's C# type, and the number of nulls.</summary>
/// <param name="Min">Null when there is no value, or when the column's kind has no bounds.</param>
internal sealed record ColumnStats(object? Min, object? Max, long NullCount);

/// <summary>Statistics of a whole file from those of its row groups.</summary>
internal static class FooterStats
{
    public static RowFileFooter Of(FileMetaData file, Table table)
    {
        var columns = new Dictionary<string, ColumnStats>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            var chunks = file
                .RowGroups.SelectMany(g => g.Columns)
                .Select(c => c.MetaData!)
                .Where(m => m.PathInSchema[0] == column.Name)
                .ToList();
            if (chunks.Count > 0)
                columns[column.Name] = Of(chunks, ColumnCodec.For(column));
        }
        return new RowFileFooter(file.NumRows, columns);
    }

    private static ColumnStats Of(List<ColumnMetaData> chunks, ColumnCodec codec)
    {
        var nulls = chunks.Sum(c => c.Statistics?.NullCount ?? 0);
        var filled = chunks.Where(c => c.Statistics?.NullCount != c.NumValues).Select(c => c.Statistics).ToList();
        if (
            filled.Count == 0
            || !ParquetTypes.HasBounds(codec.Column.Type)
            || filled.Exists(s => s?.MinValue is null || s.MaxValue is null)
        )
            return new ColumnStats(null, null, nulls);
        return new ColumnStats(
            filled.Select(s => codec.Bound(s!.MinValue!)).Min(Order),
            filled.Select(s => codec.Bound(s!.MaxValue!)).Max(Order),
            nulls
        );
    }

    private static readonly Comparer<object> Order = Comparer<object>.Create(
        (a, b) => a is string text ? string.CompareOrdinal(text, (string)b) : ((IComparable)a).CompareTo(b)
    );
}
