using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A run as the transformer leaves it: row files in a store, and the unknown member in its dimensions; the first run has them all.</summary>
internal sealed class Landing(long sequence)
{
    private readonly List<(Table Table, List<object[]> Files, Func<TableChange, TableChange> Say)> _tables = [];

    public string RunId { get; init; } = $"run-{sequence}";

    public DateTime ExtractedAt { get; } = new DateTime(2026, 10, 1, 2, 0, 0, DateTimeKind.Utc).AddDays(sequence);

    public RunReport Log { get; init; } =
        new(
            "incremental",
            "ok",
            new DateTime(2026, 10, 1, 2, 0, 0, DateTimeKind.Utc),
            new DateTime(2026, 10, 1, 2, 5, 0, DateTimeKind.Utc),
            12,
            0,
            [],
            [new DriftReport("stage", "mood", 3)]
        );

    /// <summary>Rows as anonymous objects; columns they do not name are null, -1 or false.</summary>
    public Landing With(Table table, params object[] rows) => With(table, change => change, rows);

    public Landing With(Table table, Func<TableChange, TableChange> say, params object[] rows)
    {
        _tables.Add((table, rows.Length == 0 ? [] : [rows], say));
        return this;
    }

    public async Task<ChangeSet> StoreAsync(IStore store)
    {
        var changes = new List<TableChange>();
        foreach (
            var dimension in Catalog.Tables.Where(t =>
                sequence == 1 && t.Kind == TableKind.Dimension && _tables.All(p => p.Table.Name != t.Name)
            )
        )
            _tables.Add((dimension, [], change => change));
        foreach (var (table, files, say) in _tables)
            changes.Add(say(new TableChange(table.Name, await StoreAsync(store, table, files))));
        return new ChangeSet(RunId, sequence, ExtractedAt, changes);
    }

    /// <summary>The rows as they land.</summary>
    public RowBatch Batch(Table table, object[] rows)
    {
        var batch = new RowBatch(table);
        foreach (var row in rows)
            Append(
                batch,
                row as Dictionary<string, object?>
                    ?? row.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(row))
            );
        return batch;
    }

    private async Task<IReadOnlyList<RowFileInfo>> StoreAsync(IStore store, Table table, List<object[]> files)
    {
        var stored = new List<RowFileInfo>();
        var unknown = new Dictionary<string, object?> { [table.Key.Name] = -1 };
        if (table.Kind == TableKind.Dimension)
            files =
            [
                [unknown],
                .. files,
            ];
        foreach (var rows in files)
        {
            var path = $"{RunId}/rows/{table.Name}-{stored.Count}.parquet";
            var batch = Batch(table, rows);
            await store.PutAsync(
                path,
                async stream =>
                {
                    await using var writer = await RowFileWriter.CreateAsync(table, stream);
                    await writer.WriteAsync(batch);
                },
                TestContext.Current.CancellationToken
            );
            stored.Add(new RowFileInfo(path, null, batch.Count, 0));
        }
        return stored;
    }

    private void Append(RowBatch batch, Dictionary<string, object?> row)
    {
        row.Keys.Should().OnlyContain(name => batch.Table.Has(name));
        foreach (var column in batch.Table.Columns)
            Append(batch[column.Name], row.TryGetValue(column.Name, out var value) ? value : Default(column));
    }

    private object? Default(Column column) =>
        column switch
        {
            { Name: "is_deleted" or "is_inferred" } => false,
            { Name: "run_id" } => RunId,
            { Name: "extracted_at" } => ExtractedAt,
            { Type.IsNullable: false } => -1,
            _ => null,
        };

    private static void Append(ColumnBuffer buffer, object? value)
    {
        switch (buffer, value)
        {
            case (_, null):
                buffer.AppendNull();
                break;
            case (ColumnBuffer<long> b, _):
                b.Append(Convert.ToInt64(value, null));
                break;
            case (ColumnBuffer<int> b, _):
                b.Append((int)value);
                break;
            case (ColumnBuffer<bool> b, _):
                b.Append((bool)value);
                break;
            case (ColumnBuffer<decimal> b, _):
                b.Append((decimal)value);
                break;
            case (ColumnBuffer<DateOnly> b, _):
                b.Append((DateOnly)value);
                break;
            case (ColumnBuffer<DateTime> b, _):
                b.Append((DateTime)value);
                break;
            case (ColumnBuffer<string> b, _):
                b.Append((string)value);
                break;
        }
    }
}
