using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform.Star;

namespace VPlanExport.Transform.Derived;

/// <summary>Makes the tables that follow from the others' rows as they are after a run: the planned days and the plan's
/// history. After a run that read everything, all rows that it did not bring are laid beside it.</summary>
/// <param name="spoolFolder">A local folder of this run alone, where row files grow until they are whole.</param>
internal sealed class Deriver(IStore store, string spoolFolder, RunContext run, IBaseline baseline)
{
    /// <summary>Puts the row files of the computed tables into the store.</summary>
    /// <param name="read">What the landed pages became.</param>
    /// <param name="isBase">Everything was read: a sink may be rebuilt from this run on.</param>
    /// <returns>Both together.</returns>
    /// <exception cref="SinkException">The lake cannot be read, or the rows cannot be written.</exception>
    public async Task<TransformResult> DeriveAsync(
        TransformResult read,
        bool isBase,
        CancellationToken cancellationToken
    )
    {
        await using var days = new RowFilesWriter(PlannedDays.Fact, store, spoolFolder);
        await using var history = new RowFilesWriter(PlanHistory.Cards, store, spoolFolder);
        await using var planChanges = new RowFilesWriter(PlanHistory.Changes, store, spoolFolder);
        var gone = await new PlannedDayRows(baseline, read.Tables).MakeAsync(new DerivedRows(days, run));
        await new CardHistory(run, baseline, read.Tables).MakeAsync(
            new DerivedRows(history, run),
            new DerivedRows(planChanges, run)
        );
        RowFilesWriter[] written = [days, history, planChanges];
        var changes = read.Tables.ToList();
        foreach (var rows in written)
            changes.Add(
                new TableChange(rows.Table.Name, await rows.CloseAsync(cancellationToken))
                {
                    Filed = rows.Filed,
                    Deleted = rows == days ? gone : [],
                }
            );
        return read with
        {
            Tables = isBase ? await WithRetainedAsync(changes, cancellationToken) : changes,
            Stations = read
                .Stations.Concat(written.Select(w => KeyValuePair.Create(w.Table.Name, w.Totals)))
                .ToDictionary(),
        };
    }

    private async Task<IReadOnlyList<TableChange>> WithRetainedAsync(
        List<TableChange> changes,
        CancellationToken cancellationToken
    )
    {
        var whole = new List<TableChange>();
        foreach (var change in changes)
        {
            await using var rows = new RowFilesWriter(
                Catalog.Tables.Single(t => t.Name == change.Table),
                store,
                spoolFolder,
                ".retained"
            );
            await foreach (var batch in baseline.Retained(changes, rows.Table))
                await rows.AddAsync(batch);
            var files = await rows.CloseAsync(cancellationToken);
            whole.Add(files.Count == 0 ? change : change with { Retained = new RetainedRows(files, rows.Filed) });
        }
        return whole;
    }
}

/// <summary>Rows of a computed table on their way to its row files.</summary>
internal sealed class DerivedRows(RowFilesWriter rows, RunContext run)
{
    private const int FullBatch = 16_000;
    private readonly RowBatch _batch = new(rows.Table);

    /// <summary>Adds a row made by this run.</summary>
    /// <param name="fill">Appends one value to every column but those that each table ends with.</param>
    public async Task AddAsync(Action<RowBatch> fill)
    {
        fill(_batch);
        _batch.Typed<bool>("is_deleted").Append(false);
        _batch["source_created_at"].AppendNull();
        _batch["source_updated_at"].AppendNull();
        _batch.Typed<DateTime>("extracted_at").Append(run.StartedAt);
        _batch.Typed<string>("run_id").Append(run.RunId);
        if (_batch.Count >= FullBatch)
            await FlushAsync();
    }

    public async Task FlushAsync()
    {
        await rows.AddAsync(_batch);
        _batch.Clear();
    }
}
