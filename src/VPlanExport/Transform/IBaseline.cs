using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Transform;

/// <summary>The star around a run. A batch is reused by the next.</summary>
internal interface IBaseline
{
    /// <summary>The rows of a table as the lake holds them before the run.</summary>
    /// <param name="columns">The columns wanted; null for all.</param>
    IAsyncEnumerable<RowBatch> Before(Table table, IReadOnlyCollection<string>? columns);

    /// <summary>The rows of a table as the lake will hold them once these changes are published.</summary>
    IAsyncEnumerable<RowBatch> After(IReadOnlyList<TableChange> changes, Table table);

    /// <summary>Those of them that the changes do not bring.</summary>
    IAsyncEnumerable<RowBatch> Retained(IReadOnlyList<TableChange> changes, Table table);
}

internal static class BaselineRows
{
    /// <summary>The rows that are not deleted, one by one: the batch and the row's place in it.</summary>
    public static async IAsyncEnumerable<(RowBatch Batch, int Row)> UndeletedAsync(
        this IAsyncEnumerable<RowBatch> batches
    )
    {
        await foreach (var batch in batches)
        {
            var deleted = batch.Typed<bool>(SystemColumns.IsDeleted);
            for (var row = 0; row < batch.Count; row++)
            {
                if (!deleted[row])
                    yield return (batch, row);
            }
        }
    }
}
