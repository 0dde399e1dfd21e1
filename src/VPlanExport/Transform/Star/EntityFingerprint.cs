using System.IO.Hashing;
using System.Runtime.InteropServices;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Star;

/// <summary>What vPlan gave of an entity, as two numbers: the same for the same rows, however they were
/// paged.</summary>
/// <param name="Rows">Distinct rows of all of the entity's tables, and rejected ones.</param>
/// <param name="Hash">The sum of the rows' hashes: of every column that a page fills, before other tables complete
/// it.</param>
internal sealed record EntityFingerprint(string Entity, long Rows, long Hash)
{
    /// <summary>Reads what was landed; its pages stay as they are.</summary>
    /// <exception cref="SinkException">A landed page is missing or damaged.</exception>
    internal static async Task<EntityFingerprint> OfAsync(
        LandedEntity landed,
        IStore store,
        RunContext run,
        CancellationToken cancellationToken
    )
    {
        var tables = landed.Declaration.Tables.Select(t => new TablePrint(t)).ToList();
        var (rejected, sum) = (0L, 0L);
        await new ParallelPageReader(store, landed.Declaration, run, landed.Repeats).ReadAsync(
            landed.Files,
            Take,
            cancellationToken
        );
        return new EntityFingerprint(
            landed.Declaration.Name,
            tables.Sum(t => t.Rows.Count) + rejected,
            tables.SelectMany(t => t.Rows.Values).Aggregate(sum, (all, row) => unchecked(all + row))
        );

        Task Take(PageReader reader)
        {
            foreach (var (table, batch) in tables.Zip(reader.Batches))
                table.Take(batch);
            foreach (var reject in reader.Rejects)
                (rejected, sum) = (
                    rejected + 1,
                    unchecked(sum + Hash64(MemoryMarshal.AsBytes(reject.Record.AsSpan())))
                );
            return Task.CompletedTask;
        }
    }

    private static long Hash64(ReadOnlySpan<byte> bytes) => (long)XxHash3.HashToUInt64(bytes);

    /// <summary>The hash of each row by its key; the first where pages overlap.</summary>
    private sealed class TablePrint(Table table)
    {
        private readonly long _name = SurrogateKey.Of("table", table.Name);
        private readonly RowHash _hash = new(table);

        public Dictionary<long, long> Rows { get; } = [];

        public void Take(RowBatch batch)
        {
            var deleted = batch.Typed<bool>("is_deleted");
            for (var row = 0; row < batch.Count; row++)
                Rows.TryAdd(
                    batch.Key(row),
                    Hash64(
                        MemoryMarshal.AsBytes<long>([
                            _name,
                            batch.Key(row),
                            _hash.Of(batch, row),
                            !deleted.IsNull(row) && deleted[row] ? 1 : 0,
                        ])
                    )
                );
        }
    }
}
