using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Transform;

/// <summary>The rows of a table as the lake holds them before this run. The batch is reused.</summary>
/// <param name="columns">The columns wanted; null for all.</param>
internal delegate IAsyncEnumerable<RowBatch> RowsBefore(Table table, IReadOnlyCollection<string>? columns);

/// <summary>The rows of a table as the lake will hold them once these changes are published. The batch is
/// reused.</summary>
internal delegate IAsyncEnumerable<RowBatch> RowsAfter(IReadOnlyList<TableChange> changes, Table table);

/// <summary>The star around this run.</summary>
internal sealed record Baseline(RowsBefore Before, RowsAfter After);

internal static class LiveRows
{
    /// <summary>The rows that are not deleted, one by one: the batch and the row's place in it.</summary>
    public static async IAsyncEnumerable<(RowBatch Batch, int Row)> LiveAsync(this IAsyncEnumerable<RowBatch> batches)
    {
        await foreach (var batch in batches)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (!batch.Typed<bool>("is_deleted")[row])
                    yield return (batch, row);
            }
        }
    }
}
