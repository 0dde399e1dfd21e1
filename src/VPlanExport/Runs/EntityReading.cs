using System.Runtime.ExceptionServices;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>Reads the entities of a plan side by side; the first that fails stops the others.</summary>
internal sealed class EntityReading(RunFolder folder, RunPlan plan, Sinks sinks, Extractor extractor, IdSweeps sweeps, Action<RunEvent> tell)
{
    private readonly Dictionary<string, Task<EntityExtract>> _reading = [];
    private readonly Lazy<int> _listsEach = new(() => extractor.RequestsLeft / plan.Windows.Keys.Count(name => Catalog.Named(name).Endpoint.Per is not null));
    private ExceptionDispatchInfo? _firstFailure;

    /// <summary>Every entity's extract, by name, when all are finished.</summary>
    public async Task<Dictionary<string, EntityExtract>> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var entity in Catalog.All.Where(e => plan.Windows.ContainsKey(e.Name)))
        {
            var before = entity.Endpoint.Per is null ? [] : _reading.Where(r => Catalog.Named(r.Key).Endpoint.Per is null).Select(r => r.Value).ToList();
            _reading[entity.Name] = StopOthersOnFailure(ReadAsync(entity, before, stop.Token), stop);
        }
        await ((Task)Task.WhenAll(_reading.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _firstFailure?.Throw();
        var extracts = new Dictionary<string, EntityExtract>();
        foreach (var (name, task) in _reading)
            extracts[name] = await task;
        return extracts;
    }

    /// <summary>
    /// Rows that should have come and did not are asked for by id: they may only have left the range or the lookback, or gone from an archive to its list
    /// while it was read. Where a sweep is planned, it comes after the rows. Lists per parent are read last, so that they share what the others leave of
    /// the day's budget.
    /// </summary>
    private async Task<EntityExtract> ReadAsync(Entity entity, IReadOnlyList<Task> before, CancellationToken cancellationToken)
    {
        await Task.WhenAll(before);
        var extract = await extractor.ExtractAsync(entity, plan.Windows[entity.Name], folder.Store, (per, token) => ParentIdsAsync(entity, per, token), cancellationToken);
        if (extract is { Unavailable: null, Parents: null } && await KnownAsync(entity, extract, cancellationToken) is { } known)
        {
            await extractor.ConfirmAsync(entity, known, folder.Store, cancellationToken);
            extract = (await Extractor.FindAsync(entity, folder.Store, cancellationToken))!;
        }
        if (extract.Unavailable is null && plan.Sweeps.Contains(entity.Name))
            extract = await sweeps.SweepAsync(entity, extract, cancellationToken);
        tell(new RunEvent.Read(entity.Name, RunSummary.CertificateOf(extract)));
        return extract;
    }

    /// <summary>Ids that the sinks have and the reading was to bring; null when it does not tell.</summary>
    private async Task<IReadOnlyCollection<string>?> KnownAsync(Entity entity, EntityExtract extract, CancellationToken cancellationToken) => extract switch
    {
        { Window: Window.Range range } => await sinks.IdsInRangeAsync(entity, range.From, range.To, cancellationToken),
        { Window: Window.Full } when entity.Endpoint.Per is null => await AbsentAsync(entity, cancellationToken),
        { Window: Window.Since { LookbackFrom: { } from }, HasLookback: true } => (await LookbackRows.ReadAsync(entity, from, sinks.Lake, cancellationToken)).Ids,
        _ => null,
    };

    /// <summary>What a full read did not bring is asked for before it is taken for gone; so much of it that asking would eat up the day is left to the guard.</summary>
    private async Task<IReadOnlyCollection<string>?> AbsentAsync(Entity entity, CancellationToken cancellationToken)
    {
        var absent = await sinks.AbsentIdsAsync(entity, folder.Store, cancellationToken);
        return absent.Count <= LookbackRows.ByIdANight ? absent : null;
    }

    /// <summary>
    /// The parents of lists that are only served per parent: those of the lake, and those this run has just read. Where there is always a list per parent,
    /// as many as the budget has room for, those first that were read longest ago; in a backfill all of them, because nobody comes back to its days.
    /// </summary>
    private async Task<ParentIds> ParentIdsAsync(Entity entity, PerParent per, CancellationToken cancellationToken)
    {
        var ids = (await sinks.LiveIdsAsync(Catalog.Named(per.Entity), null, cancellationToken)).ToHashSet(Ids.Comparer);
        if (_reading.TryGetValue(per.Entity, out var parent))
        {
            await parent;
            ids.UnionWith(await Extractor.LandedIdsAsync(per.Entity, folder.Store, cancellationToken));
        }
        if (entity.Endpoint.Per is null || plan.Request.Kind == RunKind.Backfill)
            return new ParentIds(ids, 0);
        var lastRead = await sinks.LastReadAsync(entity, cancellationToken);
        List<string> inOrder = [.. ids.OrderBy(id => lastRead.GetValueOrDefault(Keys.Of(per.Entity, id))).ThenBy(id => id, StringComparer.Ordinal)];
        return new ParentIds([.. inOrder.Take(_listsEach.Value)], Math.Max(0, inOrder.Count - _listsEach.Value));
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
