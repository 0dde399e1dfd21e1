using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform;

namespace VPlanExport.Runs;

/// <summary>What the lake holds before a run: phases ask it for what they must know of earlier nights.</summary>
internal sealed class Baseline(DeltaLake lake)
{
    /// <summary>Ids of live rows whose business date lies in the range, give or take a day: those a backfill may find
    /// gone.</summary>
    public async Task<IReadOnlyCollection<string>> IdsInRangeAsync(
        Entity entity,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var field = entity.Endpoint.BusinessField;
        var (table, column) = entity
            .Tables.Where(t => !t.IsNested)
            .SelectMany(t => t.Columns.Select(c => (Table: t, Column: c)))
            .Where(p => p.Column.Source == new Source.Json(field) || p.Column.Source == new Source.BusinessDate(field))
            .MinBy(p => p.Column.Type.Kind == ColumnKind.Date ? 0 : 1);
        return await lake.LiveIdsBetweenAsync(table, column, from.AddDays(-1), to.AddDays(1), cancellationToken);
    }

    /// <summary>Ids of every live row of an entity's main table.</summary>
    /// <param name="wanted">Which of them; null for all.</param>
    public Task<IReadOnlyCollection<string>> LiveIdsAsync(
        Entity entity,
        Func<string, bool>? wanted,
        CancellationToken cancellationToken
    ) => lake.LiveIdsAsync(entity.Main, wanted, cancellationToken);

    /// <summary>Ids of live rows that a reading did not bring.</summary>
    /// <param name="run">The store of the run that has landed it.</param>
    public async Task<IReadOnlyCollection<string>> AbsentIdsAsync(
        Entity entity,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        if (await lake.LastAppliedAsync(entity.Main, cancellationToken) is null)
            return [];
        var read = await Extractor.LandedKeysAsync(entity, run, cancellationToken);
        return await lake.LiveIdsAsync(
            entity.Main,
            id => !read.Contains(SurrogateKey.Of(entity.Main.KeyEntity!, id)),
            cancellationToken
        );
    }

    /// <summary>How many live rows each entity's main table has.</summary>
    public async Task<IReadOnlyList<long>> CountLiveAsync(
        IReadOnlyList<Entity> entities,
        CancellationToken cancellationToken
    )
    {
        var counts = new List<long>();
        foreach (var entity in entities)
            counts.Add(await lake.CountLiveAsync(entity.Main, cancellationToken));
        return counts;
    }

    /// <summary>When a row of each parent's last came otherwise than before: by the parent's key, UTC.</summary>
    public async Task<IReadOnlyDictionary<long, DateTime>> LastChangedAsync(
        Entity entity,
        CancellationToken cancellationToken
    )
    {
        var keyOfParent = Catalog.ParentKey(entity);
        var last = new Dictionary<long, DateTime>();
        await foreach (
            var batch in lake.ReadAsync(
                entity.Main,
                columns: [keyOfParent, "extracted_at"],
                cancellationToken: cancellationToken
            )
        )
        {
            var (parents, read) = (batch.Typed<long>(keyOfParent), batch.Typed<DateTime>("extracted_at"));
            for (var row = 0; row < batch.Count; row++)
                last[parents[row]] =
                    last.TryGetValue(parents[row], out var known) && known > read[row] ? known : read[row];
        }
        return last;
    }

    /// <summary>The rows of a table. The batch is reused.</summary>
    public IAsyncEnumerable<RowBatch> ReadAsync(
        Table table,
        IReadOnlyCollection<string> columns,
        CancellationToken cancellationToken
    ) => lake.ReadAsync(table, columns: columns, cancellationToken: cancellationToken);

    /// <summary>The star around a run.</summary>
    /// <param name="run">The store with the run's row files.</param>
    public IBaseline Of(RunPlan plan, IStore run, CancellationToken cancellationToken) =>
        new OfRun(lake, plan, run, cancellationToken);

    /// <summary>Of one run only, so it may keep the run's token.</summary>
    private sealed class OfRun(DeltaLake lake, RunPlan plan, IStore run, CancellationToken cancellationToken)
        : IBaseline
    {
        public IAsyncEnumerable<RowBatch> Before(Table table, IReadOnlyCollection<string>? columns) =>
            lake.ReadAsync(table, columns: columns, cancellationToken: cancellationToken);

        public IAsyncEnumerable<RowBatch> After(IReadOnlyList<TableChange> changes, Table table) =>
            lake.ReadAfterAsync(table, Of(changes), run, Catalog.Tables, cancellationToken);

        public IAsyncEnumerable<RowBatch> Retained(IReadOnlyList<TableChange> changes, Table table) =>
            lake.ReadRetainedAsync(table, Of(changes), run, Catalog.Tables, cancellationToken);

        private ChangeSet Of(IReadOnlyList<TableChange> changes) =>
            new(plan.RunId, plan.Sequence, plan.StartedAt, changes);
    }
}
