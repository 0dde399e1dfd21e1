using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>The keys of a run's rows of one table.</summary>
/// <param name="Read">Rows that vPlan delivered.</param>
/// <param name="Inferred">Rows that stand in for something not read, and the unknown member: they only fill a gap.</param>
internal sealed record ReadKeys(KeySet Read, KeySet Inferred)
{
    public static readonly ReadKeys None = new(KeySet.Empty, KeySet.Empty);

    public static async Task<ReadKeys> OfAsync(IStore runStore, Table table, TableChange change, CancellationToken cancellationToken)
    {
        var (read, inferred) = (new List<long>((int)change.Rows), new List<long>());
        foreach (var file in change.Files)
        {
            await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, [SystemColumns.IsInferred], cancellationToken))
            {
                for (var row = 0; row < batch.Count; row++)
                    (FillsGap(batch, row) ? inferred : read).Add(batch.Key(row));
            }
        }
        return new ReadKeys(new KeySet([.. read]), new KeySet([.. inferred]));
    }

    /// <summary>The unknown member never changes: it is there once, and no file is written anew for it.</summary>
    private static bool FillsGap(RowBatch batch, int row) => SystemColumns.Inferred(batch, row) || batch.Key(row) == Keys.Unknown;
}
