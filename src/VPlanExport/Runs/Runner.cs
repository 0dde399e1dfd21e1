using VPlanExport.Configuration;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>
/// Everything that runs work with, opened under the work folder's lock: one request at a time, after whatever was interrupted before.
/// </summary>
public sealed class Runner : IAsyncDisposable
{
    private readonly Settings _settings;
    private readonly TimeProvider _clock;
    private readonly Action<RunEvent> _tell;
    private readonly RunLock _lock;

    private Runner(Settings settings, TimeProvider clock, Action<RunEvent> tell, RunStore runs, Sinks sinks, RunLock runLock) =>
        (_settings, _clock, _tell, Runs, Sinks, _lock) = (settings, clock, tell, runs, sinks, runLock);

    public RunStore Runs { get; }

    public Sinks Sinks { get; }

    /// <exception cref="LockedException">Another process works in the same folder.</exception>
    /// <exception cref="SinkException">The lake or the warehouse cannot be written.</exception>
    /// <exception cref="ContractException">The warehouse's tables are not what the catalog declares.</exception>
    public static async Task<Runner> OpenAsync(Settings settings, string command, TimeProvider clock, Action<RunEvent> tell, CancellationToken cancellationToken)
    {
        var runs = new RunStore(settings.Runs.WorkFolder, clock);
        var runLock = await RunLock.AcquireAsync(runs.Store, command, clock, cancellationToken);
        Runner? runner = null;
        try
        {
            runner = new Runner(settings, clock, tell, runs, Sinks.Open(settings, clock, runLock.EnsureHeldAsync), runLock);
            await runner.Runs.LastManifestAsync(cancellationToken);
            if (string.Join(", ", await runner.Sinks.PrepareAsync(cancellationToken)) is { Length: > 0 } added)
                tell(new RunEvent.Warning($"The warehouse did not have {added}; added, and empty until the rows are read again. If it had been there before, run: vplan-export run --full"));
            await runner.WhileLockedAsync(runner.NewRollback().FinishPendingAsync, cancellationToken);
            return runner;
        }
        catch
        {
            await (runner?.DisposeAsync() ?? runLock.DisposeAsync());
            throw;
        }
    }

    /// <summary>Takes both sinks and the work folder back to what they were after a committed run.</summary>
    /// <exception cref="ConfigurationException">There is no such run, or what it left is no longer there; nothing was changed.</exception>
    public Task<RollbackSummary> RollbackAsync(string runId, CancellationToken cancellationToken) =>
        WhileLockedAsync(token => NewRollback().ToAsync(runId, token), cancellationToken);

    /// <summary>Finishes what was interrupted, brings both sinks up to date, then does what is asked.</summary>
    /// <param name="fresh">Discards interrupted runs instead of going on with them, except one that has reached a sink.</param>
    /// <returns>A summary for each run that was committed, in order.</returns>
    public Task<IReadOnlyList<RunSummary>> RunAsync(RunRequest request, bool fresh, CancellationToken cancellationToken) =>
        WhileLockedAsync(token => RunLockedAsync(request, fresh, token), cancellationToken);

    private async Task<IReadOnlyList<RunSummary>> RunLockedAsync(RunRequest request, bool fresh, CancellationToken cancellationToken)
    {
        if (fresh)
            await DiscardAsync(cancellationToken);
        await ApplyCommittedAsync(upTo: null, only: null, cancellationToken);
        using var source = await RunSource.OpenAsync(_settings, Runs.Store, _clock, _tell, cancellationToken);
        var summaries = new List<RunSummary>();
        foreach (var folder in await Runs.InPhaseAsync(p => p is RunPhase.Extracted or RunPhase.Transformed or RunPhase.Published or RunPhase.Loaded, cancellationToken))
        {
            _tell(new RunEvent.Info($"Going on with run {folder.RunId}, which was interrupted after reading: no request is needed."));
            summaries.Add(await NewRun(source).CompleteAsync(folder, cancellationToken));
        }
        summaries.Add(await NewRun(source).ExecuteAsync(request, cancellationToken));
        return summaries;
    }

    /// <summary>Applies to each sink, in order, the committed runs that it does not have: all of them to a sink that is empty.</summary>
    /// <param name="upTo">The last run to apply; null for all.</param>
    /// <param name="only">The sink; null for both.</param>
    /// <returns>What was applied; the warehouse's counts where it was loaded.</returns>
    /// <exception cref="ConfigurationException">There is no committed run of that id.</exception>
    public Task<IReadOnlyList<(string RunId, WarehouseLoad? Load)>> CatchUpAsync(string? upTo, SinkKind? only, CancellationToken cancellationToken) =>
        WhileLockedAsync(token => ApplyCommittedAsync(upTo, only, token), cancellationToken);

    /// <summary>Reads again, as they were landed, the records that older rules rejected: a run of its own, so that both sinks and their journals take it as any other.</summary>
    /// <returns>Its summary; null when no record is due, or when a run that was interrupted must be ended first.</returns>
    public Task<RunSummary?> ReplayAsync(CancellationToken cancellationToken) => WhileLockedAsync(ReplayLockedAsync, cancellationToken);

    private async Task<RunSummary?> ReplayLockedAsync(CancellationToken cancellationToken)
    {
        using var source = await RunSource.OpenSilentAsync(_settings, Runs.Store, _clock, cancellationToken);
        foreach (var folder in await Runs.InPhaseAsync(p => p is not (null or RunPhase.Committed or RunPhase.Refused or RunPhase.RolledBack or RunPhase.Discarded), cancellationToken))
        {
            if ((await folder.PlanAsync(cancellationToken)).Request.Kind == RunKind.Replay)
                return await ResumeReplayAsync(folder, source, cancellationToken);
            _tell(new RunEvent.Info($"Run {folder.RunId} was interrupted. What was rejected is only read again once it has ended: start vplan-export run."));
            return null;
        }
        return await NewReplayAsync(source, cancellationToken);
    }

    /// <summary>One that has landed nothing yet may have been planned before another run: it is planned anew.</summary>
    private async Task<RunSummary?> ResumeReplayAsync(RunFolder folder, RunSource source, CancellationToken cancellationToken)
    {
        if (await folder.PhaseAsync(cancellationToken) != RunPhase.Planned)
            return await NewRun(source).CompleteAsync(folder, cancellationToken);
        await Runs.DeleteAsync(folder, cancellationToken);
        return await ReplayLockedAsync(cancellationToken);
    }

    private async Task<RunSummary?> NewReplayAsync(RunSource source, CancellationToken cancellationToken)
    {
        if (await Runs.LastManifestAsync(cancellationToken) is not { } last || await Sinks.LastSequenceAsync(cancellationToken) > last.Sequence)
            return null;
        var due = Replay.DueOf(await Runs.Open(last.RunId).QuarantineAsync(cancellationToken), _settings.PersonalData.Fingerprint);
        if (due.Count == 0)
            return null;
        var plan = RunPlan.MakeReplay(last, _clock.GetUtcNow().UtcDateTime, await Runs.LastSequenceAsync(cancellationToken), _settings, due.Select(h => h.Entity).Distinct());
        var folder = Runs.Open(plan.RunId);
        await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
        return await NewRun(source).CompleteAsync(folder, cancellationToken);
    }

    private async Task<IReadOnlyList<(string RunId, WarehouseLoad? Load)>> ApplyCommittedAsync(string? upTo, SinkKind? only, CancellationToken cancellationToken)
    {
        var committed = await Runs.CommittedAsync(cancellationToken);
        var last = upTo is null ? long.MaxValue : Named(upTo, committed).Sequence;
        var lakeHas = only == SinkKind.Warehouse ? long.MaxValue : await Sinks.PositionAsync(SinkKind.Lake, cancellationToken);
        var warehouseHas = only == SinkKind.Lake ? long.MaxValue : await Sinks.PositionAsync(SinkKind.Warehouse, cancellationToken);
        var applied = new List<(string, WarehouseLoad?)>();
        foreach (var run in committed.Where(r => r.Sequence <= last && r.Sequence > Math.Min(lakeHas, warehouseHas)))
            applied.Add((run.RunId, await ApplyAsync(run, run.Sequence > lakeHas, run.Sequence > warehouseHas, cancellationToken)));
        return applied;
    }

    private RunFolder Named(string runId, IReadOnlyList<RunFolder> committed) =>
        committed.FirstOrDefault(r => r.RunId == runId)
        ?? throw new ConfigurationException($"There is no committed run '{runId}' in {Runs.Store.Location}. " +
            (committed.Count == 0 ? "There is none yet; start one with: vplan-export run" : $"There are: {string.Join(", ", committed.Select(r => r.RunId))}."));

    private async Task<WarehouseLoad?> ApplyAsync(RunFolder run, bool toLake, bool toWarehouse, CancellationToken cancellationToken)
    {
        var manifest = await run.ManifestAsync(cancellationToken);
        var changes = new ChangeSet(manifest.RunId, manifest.Sequence, manifest.StartedAt, manifest.Rows.Tables);
        _tell(new RunEvent.Info($"Applying run {run.RunId} to {(toLake && toWarehouse ? "the lake and the warehouse" : toLake ? "the lake" : "the warehouse")}."));
        if (toLake)
            await Sinks.PublishAsync(run, changes, cancellationToken);
        return toWarehouse ? await Sinks.LoadAsync(run, changes, RunJournal.Of(manifest), cancellationToken) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await Sinks.DisposeAsync();
        Runs.ClearSpool();
        _settings.Lake.Location.ClearSpool();
        await _lock.DisposeAsync();
    }

    /// <summary>Stops the work when the lock is lost, and says so.</summary>
    private async Task<T> WhileLockedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lock.Lost);
        try
        {
            return await work(stop.Token);
        }
        catch (OperationCanceledException) when (_lock.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await _lock.EnsureHeldAsync(cancellationToken);
            throw;
        }
    }

    private Rollback NewRollback() => new(Runs, Sinks, _settings.Lake.Retention, (upTo, token) => ApplyCommittedAsync(upTo, only: null, token), _clock, _tell);

    private Run NewRun(RunSource source) => new(_settings, Runs, Sinks, source, _clock, _tell);

    /// <summary>A run that a sink has begun to show is not discarded: finishing it is the only way in which both come to hold the same.</summary>
    private async Task DiscardAsync(CancellationToken cancellationToken)
    {
        var shown = await Sinks.LastSequenceAsync(cancellationToken);
        foreach (var folder in await Runs.InPhaseAsync(p => p is not (RunPhase.Committed or RunPhase.Refused or RunPhase.RolledBack), cancellationToken))
        {
            if (folder.Sequence == shown)
                continue;
            _tell(new RunEvent.Info($"Discarding run {folder.RunId}, which was interrupted."));
            await Runs.DeleteAsync(folder, cancellationToken);
        }
    }
}
