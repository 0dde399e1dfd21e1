using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

/// <summary>A table with every kind of column, and rows for it.</summary>
internal static class Rows
{
    public static readonly Table Every = TableBuilder
        .Dimension("dim_every", "every", "One row per kind of strangeness.")
        .Text("name", 200, "Short text.")
        .Text("note", 4000, "Long text.")
        .Int32("count", "Whole number.")
        .Minutes("minutes", "Minutes.")
        .Bool("is_locked", "Flag.")
        .Decimal("hours", 9, 4, "Hours.")
        .Decimal("money", 18, 4, "Money.")
        .Date("work", "Work day.")
        .Time("start_time", "Time of day.")
        .Timestamp("started_at", "Start.")
        .RawJson("raw", "Raw.")
        .Ref("board_key", "dim_board", "board", "board_id", "Board.")
        .Build();

    public static void Add(this RowBatch batch, params object?[] values)
    {
        for (var i = 0; i < batch.Table.Columns.Count; i++)
            Append(batch[i], i < values.Length ? values[i] : null, batch.Table.Columns[i].Type);
    }

    public static object?[] Row(this RowBatch batch, int row) =>
        [.. batch.Table.Columns.Select(c => batch[c.Name].Boxed(row))];

    public static RowBatch Batch(Table table, int rows, Func<int, object?[]> row)
    {
        var batch = new RowBatch(table);
        for (var i = 0; i < rows; i++)
            batch.Add(row(i));
        return batch;
    }

    public static async Task<MemoryStream> FileAsync(params RowBatch[] batches)
    {
        var stream = new MemoryStream();
        await using (var writer = await RowFileWriter.CreateAsync(batches[0].Table, stream))
        {
            foreach (var batch in batches)
                await writer.WriteAsync(batch);
        }
        stream.Position = 0;
        return stream;
    }

    public static async Task<List<object?[]>> ReadAsync(
        Stream stream,
        Table table,
        IReadOnlyCollection<string>? columns = null
    )
    {
        var rows = new List<object?[]>();
        await foreach (var batch in RowFile.ReadAsync(stream, table, columns, TestContext.Current.CancellationToken))
            rows.AddRange(
                Enumerable
                    .Range(0, batch.Count)
                    .Select(i =>
                        table
                            .Columns.Select(c => batch[c.Name].Count > i ? batch[c.Name].Boxed(i) : "not read")
                            .ToArray()
                    )
            );
        return rows;
    }

    private static void Append(ColumnBuffer buffer, object? value, ColumnType type)
    {
        switch (buffer, value ?? (type.IsNullable ? null : -1))
        {
            case (_, null):
                buffer.AppendNull();
                break;
            case (ColumnBuffer<long> b, var v):
                b.Append(Convert.ToInt64(v, null));
                break;
            case (ColumnBuffer<int> b, var v):
                b.Append((int)v);
                break;
            case (ColumnBuffer<bool> b, var v):
                b.Append((bool)v);
                break;
            case (ColumnBuffer<decimal> b, var v):
                b.Append((decimal)v);
                break;
            case (ColumnBuffer<DateOnly> b, var v):
                b.Append((DateOnly)v);
                break;
            case (ColumnBuffer<DateTime> b, var v):
                b.Append((DateTime)v);
                break;
            case (ColumnBuffer<string> b, var v):
                b.Append((string)v);
                break;
        }
    }
}
