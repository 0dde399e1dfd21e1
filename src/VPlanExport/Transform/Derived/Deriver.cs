using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform.Star;

namespace VPlanExport.Transform.Derived;

/// <summary>Makes the tables that follow from the others' rows as they are after a run: the planned days and the plan's
/// history.</summary>
/// <param name="spoolFolder">A local folder of this run alone, where row files grow until they are whole.</param>
internal sealed class Deriver(IStore store, string spoolFolder, RunContext run, IBaseline baseline)
{
    /// <summary>Puts the row files of the computed tables into the store.</summary>
    /// <param name="read">What the landed pages became.</param>
    /// <returns>Both together.</returns>
    /// <exception cref="SinkException">The lake cannot be read, or the rows cannot be written.</exception>
    public async Task<TransformResult> DeriveAsync(
        TransformResult read,
        IReadOnlyList<LandedEntity> landed,
        CancellationToken cancellationToken
    )
    {
        await using var days = new RowFilesWriter(PlannedDays.Fact, store, spoolFolder);
        await using var history = new RowFilesWriter(PlanHistory.Cards, store, spoolFolder);
        await using var planChanges = new RowFilesWriter(PlanHistory.Changes, store, spoolFolder);
        var writesAll = CardHistory.IsRewritten(landed);
        var gone = await new PlannedDayRows(baseline, read.Tables).MakeAsync(new DerivedRows(days, run), writesAll);
        await new CardHistory(run, baseline, read.Tables).MakeAsync(
            new DerivedRows(history, run),
            new DerivedRows(planChanges, run),
            writesAll
        );
        RowFilesWriter[] written = [days, history, planChanges];
        var changes = new List<TableChange>();
        foreach (var rows in Catalog.Computed.Select(table => written.Single(w => w.Table == table)))
            changes.Add(
                new TableChange(rows.Table.Name, await rows.CloseAsync(cancellationToken))
                {
                    Filed = rows.Filed,
                    Deleted = rows == days ? gone : [],
                }
            );
        return read with
        {
            Tables = [.. read.Tables, .. changes],
            Stations = read
                .Stations.Concat(written.Select(w => KeyValuePair.Create(w.Table.Name, w.Totals)))
                .ToDictionary(),
        };
    }
}
