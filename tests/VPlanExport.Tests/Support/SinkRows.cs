using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Loaders.Lake;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>The rows of one table as one sink holds them, every value as text.</summary>
internal sealed class SinkRows(Table table, IReadOnlyList<string?[]> rows)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every row whole, in a fixed order.</summary>
    public IReadOnlyList<string> All => [.. rows.Select(Line).Order(StringComparer.Ordinal)];

    public IReadOnlyList<SinkRow> Rows => [.. rows.Select(r => new SinkRow(table, r))];

    /// <summary>Rows that stand for something in vPlan: not deleted, inferred or the unknown member.</summary>
    public IReadOnlyList<SinkRow> Live => [.. Rows.Where(r => r["is_deleted"] == "false" && r.IsRecord)];

    public IReadOnlyList<SinkRow> Deleted => [.. Rows.Where(r => r["is_deleted"] == "true" && r.IsRecord)];

    /// <summary>The chosen columns of the live rows, in a fixed order.</summary>
    public IReadOnlyList<string> Project(IReadOnlyList<string> columns) =>
        [.. Live.Select(r => Line([.. columns.Select(c => r[c])])).Order(StringComparer.Ordinal)];

    public static string Line(IReadOnlyList<string?> values) => string.Join(" | ", values.Select(v => v ?? "NULL"));

    public static async Task<SinkRows> OfLakeAsync(Settings settings, Table table, long? version = null)
    {
        var rows = new List<string?[]>();
        await foreach (var batch in new Lake(new FolderStore(settings.Lake.Location), TimeProvider.System).ReadAsync(table, version, cancellationToken: Token))
        {
            for (var row = 0; row < batch.Count; row++)
                rows.Add([.. table.Columns.Select((_, i) => Text(batch[i].Boxed(row)))]);
        }
        return new SinkRows(table, rows);
    }

    public static SinkRows OfWarehouse(Settings settings, Table table)
    {
        using var answer = new DuckDbWarehouse(settings.Warehouse.ConnectionString, TimeProvider.System)
            .Query($"SELECT {string.Join(", ", table.Columns.Select(c => c.Name))} FROM dw.{table.Name}", Token);
        return new SinkRows(table, [.. answer.Rows().Select(r => r.Select(Text).ToArray())]);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

/// <summary>One row of a table, every value as text.</summary>
internal sealed class SinkRow(Table table, string?[] values)
{
    public string? this[string column] => values[table.Ordinal(column)];

    public string Id => this[table.Id!.Name]!;

    public bool IsRecord => values[0] != "-1" && !(table.Has("is_inferred") && this["is_inferred"] == "true");
}
