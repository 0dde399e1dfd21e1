using System.Runtime.ExceptionServices;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>Reads the entities of a plan side by side; the first that fails stops the others.</summary>
internal sealed class EntityReading(RunFolder folder, RunPlan plan, Sinks sinks, Extractor extractor, Action<RunEvent> tell)
{
    private readonly Dictionary<string, Task<EntityExtract>> _reading = [];
    private ExceptionDispatchInfo? _firstFailure;

    /// <summary>Every entity's extract, by name, when all are finished.</summary>
    public async Task<Dictionary<string, EntityExtract>> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var entity in Catalog.All.Where(e => plan.Windows.ContainsKey(e.Name)))
        {
            var parent = _reading.GetValueOrDefault(entity.Endpoint.Fallback?.Entity ?? "");
            _reading[entity.Name] = StopOthersOnFailure(ReadAsync(entity, parent, stop.Token), stop);
        }
        await ((Task)Task.WhenAll(_reading.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _firstFailure?.Throw();
        var extracts = new Dictionary<string, EntityExtract>();
        foreach (var (name, task) in _reading)
            extracts[name] = await task;
        return extracts;
    }

    /// <summary>In a backfill, rows of the range that were not read are asked for by id: they may only have left the range.</summary>
    private async Task<EntityExtract> ReadAsync(Entity entity, Task<EntityExtract>? parent, CancellationToken cancellationToken)
    {
        var extract = await extractor.ExtractAsync(entity, plan.Windows[entity.Name], folder.Store, (per, token) => ParentIdsAsync(per, parent, token), cancellationToken);
        if (extract is { Window: Window.Range range, Unavailable: null })
        {
            var known = await sinks.IdsInRangeAsync(entity, range.From, range.To, cancellationToken);
            await extractor.ConfirmAsync(entity, known, folder.Store, cancellationToken);
            extract = (await Extractor.FindAsync(entity, folder.Store, cancellationToken))!;
        }
        tell(new RunEvent.Read(entity.Name, RunSummary.CertificateOf(extract)));
        return extract;
    }

    /// <summary>The parents of a list that is only served per parent: those of the warehouse, and those this run has just read.</summary>
    private async Task<IReadOnlyCollection<string>> ParentIdsAsync(PerParent per, Task<EntityExtract>? parent, CancellationToken cancellationToken)
    {
        var ids = (await sinks.LiveIdsAsync(Catalog.Named(per.Entity), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (parent is not null)
        {
            await parent;
            ids.UnionWith(await Extractor.LandedIdsAsync(per.Entity, folder.Store, cancellationToken));
        }
        return ids;
    }

    private async Task<EntityExtract> StopOthersOnFailure(Task<EntityExtract> reading, CancellationTokenSource others)
    {
        try
        {
            return await reading;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _firstFailure, ExceptionDispatchInfo.Capture(e), null);
            await others.CancelAsync();
            throw;
        }
    }
}
