using System.Text.Json;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Lake.Delta;

/// <summary>Compares a table as it is declared with the lake's.</summary>
internal static class TableSchema
{
    /// <summary>The declared columns the lake does not have yet.</summary>
    /// <exception cref="SinkException">A difference other than columns added.</exception>
    public static IReadOnlyList<Column> Added(Table table, MetaData lake)
    {
        var there = ColumnsOf(table, lake);
        var declared = DeltaTypes.Columns(DeltaTypes.Schema(table));
        foreach (var (name, type) in there)
        {
            if (!declared.TryGetValue(name, out var wanted))
                throw Refused(table, $"the lake's column {name} ({type}) is no longer declared");
            if (wanted != type)
                throw Refused(table, $"column {name} is {type} in the lake and declared as {wanted}");
        }
        if (lake.PartitionColumns.Count != (table.PartitionDate is null ? 0 : 1))
            throw Refused(table, $"it is partitioned by [{string.Join(", ", lake.PartitionColumns)}] in the lake");
        return [.. table.Columns.Where(c => !there.ContainsKey(c.Name))];
    }

    public static MetaData Declare(Table table, MetaData? before, long timestamp) =>
        new()
        {
            Id = before?.Id ?? Guid.NewGuid().ToString(),
            Name = table.Name,
            Description = table.Grain,
            SchemaString = DeltaTypes.Schema(table),
            PartitionColumns = table.PartitionDate is null ? [] : [DeltaTypes.PartitionColumn],
            Configuration = before?.Configuration ?? [],
            CreatedTime = before?.CreatedTime ?? timestamp,
        };

    private static IReadOnlyDictionary<string, string> ColumnsOf(Table table, MetaData lake)
    {
        try
        {
            return DeltaTypes.Columns(lake.SchemaString);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw Refused(table, $"the lake's schema cannot be read ({e.Message})");
        }
    }

    private static SinkException Refused(Table table, string difference) =>
        new(
            $"Table {table}: {difference}. Only added columns are taken over: delete the folder '{table}' in the "
                + "lake and load it again with 'load --all'."
        );
}
