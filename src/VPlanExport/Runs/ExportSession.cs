using VPlanExport.Configuration;
using VPlanExport.Package;
using VPlanExport.Runs.Backfill;
using VPlanExport.Runs.Forget;

namespace VPlanExport.Runs;

/// <summary>
/// Everything that runs work with, opened under the work folder's lock: one request at a time, after whatever was
/// interrupted before.
/// </summary>
internal sealed class ExportSession : IAsyncDisposable
{
    private readonly Settings _settings;
    private readonly TimeProvider _clock;
    private readonly Action<RunEvent> _tell;
    private readonly RunLock _lock;
    private readonly CatchUp _catchUp;

    /// <summary>People whom no page may tell of; null where nobody was forgotten.</summary>
    private ForgottenList? _forgotten;

    private ExportSession(
        Settings settings,
        TimeProvider clock,
        Action<RunEvent> tell,
        RunStore runs,
        Sinks sinks,
        RunLock runLock
    )
    {
        (_settings, _clock, _tell, Runs, Sinks, _lock) = (settings, clock, tell, runs, sinks, runLock);
        _catchUp = new CatchUp(runs, sinks, tell);
    }

    public RunStore Runs { get; }

    public Sinks Sinks { get; }

    /// <summary>Opens without waiting for the holder of the lock.</summary>
    public static Task<ExportSession> OpenAsync(
        Settings settings,
        string command,
        TimeProvider clock,
        Action<RunEvent> tell,
        CancellationToken cancellationToken
    ) => OpenAsync(settings, command, clock, tell, _ => false, cancellationToken);

    /// <param name="waitsFor">Asked with the command of the lock's holder: true to wait until it has ended.</param>
    /// <exception cref="LockedException">Another process works in the same folder.</exception>
    /// <exception cref="SinkException">The lake or the warehouse cannot be written.</exception>
    /// <exception cref="ContractException">The warehouse's tables are not what the catalog declares.</exception>
    public static async Task<ExportSession> OpenAsync(
        Settings settings,
        string command,
        TimeProvider clock,
        Action<RunEvent> tell,
        Func<string, bool> waitsFor,
        CancellationToken cancellationToken
    )
    {
        foreach (var warning in settings.Misspelt)
            tell(new RunEvent.Warning(warning));
        var runs = new RunStore(settings.Runs.WorkFolder, clock);
        var runLock = await RunLock.AcquireAsync(
            runs.Store,
            command,
            clock,
            new LockPatience(waitsFor, text => tell(new RunEvent.Info(text))),
            cancellationToken
        );
        ExportSession? runner = null;
        try
        {
            runner = new ExportSession(
                settings,
                clock,
                tell,
                runs,
                Sinks.Open(settings, clock, runLock.EnsureHeldAsync),
                runLock
            );
            await Environments.EnsureSameAsync(settings, runs, runner.Sinks.Lake, cancellationToken);
            await new Scratch(runs.Store).ClearAsync(cancellationToken);
            if (string.Join(", ", await runner.Sinks.PrepareAsync(cancellationToken)) is { Length: > 0 } added)
                tell(
                    new RunEvent.Warning(
                        $"The warehouse did not have {added}; added, and empty until the rows are read again. If "
                            + "it had been there before, run: vplan-export run --full"
                    )
                );
            Environments.Ensure(settings, "warehouse", runner.Sinks.WarehouseEnvironment);
            await runner.WhileLockedAsync(runner.NewRollback().FinishPendingAsync, cancellationToken);
            runner._forgotten = await runner.WhileLockedAsync(runner.NewForget().FinishPendingAsync, cancellationToken);
            return runner;
        }
        catch
        {
            await (runner?.DisposeAsync() ?? runLock.DisposeAsync());
            throw;
        }
    }

    /// <summary>Takes both sinks and the work folder back to what they were after a committed run.</summary>
    /// <exception cref="ConfigurationException">There is no such run, or what it left is no longer there; nothing was
    /// changed.</exception>
    public Task<RollbackSummary> RollbackAsync(string runId, CancellationToken cancellationToken) =>
        WhileLockedAsync(token => NewRollback().ToAsync(runId, token), cancellationToken);

    /// <summary>Forgets a user in both sinks, the runs and the logs.</summary>
    /// <exception cref="ConfigurationException">The lake has no such user; nothing was changed.</exception>
    /// <exception cref="RefusedException">A run has reached one sink and not the other; nothing was
    /// changed.</exception>
    public Task<ForgetReport> ForgetAsync(string user, CancellationToken cancellationToken) =>
        WhileLockedAsync(
            async token =>
            {
                await _catchUp.ApplyCommittedAsync(upTo: null, only: null, token);
                await EnsureSameRunsAsync(token);
                return await NewForget().RunAsync(user, token);
            },
            cancellationToken
        );

    /// <summary>The rows of one sink may only stand in for the other's when both hold the same runs.</summary>
    private async Task EnsureSameRunsAsync(CancellationToken cancellationToken)
    {
        Sinks.EnsureBoth();
        if (
            await Sinks.PositionAsync(SinkKind.Lake, cancellationToken)
            != await Sinks.PositionAsync(SinkKind.Warehouse, cancellationToken)
        )
            throw new RefusedException(
                "A run was interrupted when one of lake and warehouse had it. Nothing was changed. Finish it first: "
                    + "vplan-export run"
            );
    }

    /// <summary>Finishes what was interrupted, brings both sinks up to date, then does what is asked.</summary>
    /// <param name="fresh">Discards interrupted runs instead of going on with them, except one that has reached a
    /// sink.</param>
    /// <returns>A summary for each run that was committed, in order.</returns>
    public Task<IReadOnlyList<RunSummary>> RunAsync(
        RunRequest request,
        bool fresh,
        CancellationToken cancellationToken
    ) => WhileLockedAsync(token => RunLockedAsync(request, fresh, token), cancellationToken);

    private async Task<IReadOnlyList<RunSummary>> RunLockedAsync(
        RunRequest request,
        bool fresh,
        CancellationToken cancellationToken
    )
    {
        if (fresh)
            await DiscardAsync(cancellationToken);
        var starts = await _catchUp.StartsAsync(upTo: null, only: null, cancellationToken);
        await _catchUp.ApplyAsync(
            starts with
            {
                Lake = starts.Lake ?? long.MaxValue,
                Warehouse = starts.Warehouse ?? long.MaxValue,
            },
            long.MaxValue,
            cancellationToken
        );
        if (starts.Lost.Count > 0)
            await DiscardUnlessFullAsync(cancellationToken);
        if (Sinks.Away is { } away)
            _tell(new RunEvent.Warning($"{away.Message} The run goes on to the lake; the warehouse catches up later."));
        using var source = await OpenSourceAsync(request.Kind == RunKind.Backfill, cancellationToken);
        var summaries = await FinishInterruptedAsync(source, cancellationToken);
        var lost =
            starts.Lost.Count == 0 ? [] : (await _catchUp.StartsAsync(upTo: null, only: null, cancellationToken)).Lost;
        if (lost.Count > 0)
        {
            request = new RunRequest(RunKind.Full, []);
            _tell(
                new RunEvent.Info(
                    $"The {string.Join(" and the ", lost)} cannot be brought up to date by the runs that are "
                        + "left: rows of older ones were removed after Runs:KeepDays. So everything is read."
                )
            );
        }
        summaries.Add(await NewRun(source).ExecuteAsync(request, heals: lost.Count > 0, cancellationToken));
        return summaries;
    }

    /// <summary>A sink that lacks earlier runs must not be taken for one that holds them because it was given a later
    /// one.</summary>
    private async Task DiscardUnlessFullAsync(CancellationToken cancellationToken)
    {
        var shown = await Sinks.LastSequenceAsync(cancellationToken);
        foreach (var folder in await Runs.InPhaseAsync(IsReadAndNotCommitted, cancellationToken))
        {
            if (
                folder.Sequence != shown
                && (await folder.PlanAsync(cancellationToken)).Request is not { Kind: RunKind.Full, Entities: [] }
            )
                await DiscardAsync(folder, cancellationToken);
        }
    }

    /// <summary>Finishes what was interrupted and brings both sinks up to date.</summary>
    internal Task<List<RunSummary>> SettleAsync(CancellationToken cancellationToken) =>
        WhileLockedAsync(
            async token =>
            {
                await _catchUp.ApplyCommittedAsync(upTo: null, only: null, token);
                using var source = await OpenSourceAsync(isBackfill: true, token);
                return await FinishInterruptedAsync(source, token);
            },
            cancellationToken
        );

    /// <summary>Does a part of a backfill under the lock; gives it a run to work by, and removes what that has read and
    /// not published.</summary>
    internal Task<T> BackfillAsync<T>(
        Func<Run, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        WhileLockedAsync(
            async token =>
            {
                using var source = await OpenSourceAsync(isBackfill: true, token);
                try
                {
                    return await work(NewRun(source), token);
                }
                finally
                {
                    await new Scratch(Runs.Store).ClearAsync(CancellationToken.None);
                }
            },
            cancellationToken
        );

    /// <exception cref="RefusedException">A run was interrupted after reading, or a sink lacks one that was committed
    /// or has one that was not.</exception>
    /// <exception cref="SinkException">The warehouse is away.</exception>
    internal async Task EnsureSettledAsync(CancellationToken cancellationToken)
    {
        Sinks.EnsureBoth();
        var last = (await Runs.LastManifestAsync(cancellationToken))?.Sequence ?? 0;
        var isSettled =
            (await Runs.InPhaseAsync(IsReadAndNotCommitted, cancellationToken)).Count == 0
            && await Sinks.LastSequenceAsync(cancellationToken) == last;
        foreach (var sink in Enum.GetValues<SinkKind>())
            isSettled = isSettled && await Sinks.PositionAsync(sink, cancellationToken) == last;
        if (!isSettled)
            throw new RefusedException(
                "A run was interrupted after it had read, or the lake or the warehouse lacks one, so there is no "
                    + "one state that a backfill could be compared with. Nothing was read. Run first: vplan-export run"
            );
    }

    private static bool IsReadAndNotCommitted(RunPhase? phase) =>
        phase is >= RunPhase.Extracted and < RunPhase.Committed;

    /// <summary>vPlan, with the nightly run's share of the day kept for it when this is a backfill.</summary>
    private async Task<VPlanSource> OpenSourceAsync(bool isBackfill, CancellationToken cancellationToken)
    {
        var source = await VPlanSource.OpenAsync(
            _settings with
            {
                PersonalData = _settings.PersonalData.Without(_forgotten),
            },
            Runs.Store,
            _clock,
            _tell,
            cancellationToken
        );
        if (isBackfill)
            source.Budget.Reserve = await RequestReserve.OfAsync(
                Runs,
                _settings,
                _clock.GetUtcNow(),
                cancellationToken
            );
        return source;
    }

    private async Task<List<RunSummary>> FinishInterruptedAsync(VPlanSource source, CancellationToken cancellationToken)
    {
        var summaries = new List<RunSummary>();
        foreach (var folder in await Runs.InPhaseAsync(IsReadAndNotCommitted, cancellationToken))
        {
            _tell(
                new RunEvent.Info(
                    $"Going on with run {folder.RunId}, which was interrupted after reading: no request is needed."
                )
            );
            summaries.Add(await NewRun(source).CompleteAsync(folder, cancellationToken));
        }
        return summaries;
    }

    /// <summary>Applies to each sink, in order, the committed runs that it does not have: all of them to a sink that is
    /// empty.</summary>
    /// <param name="upTo">The last run to apply; null for all.</param>
    /// <param name="only">The sink; null for both.</param>
    /// <returns>What was applied; the warehouse's counts where it was loaded.</returns>
    /// <exception cref="ConfigurationException">There is no committed run of that id.</exception>
    /// <exception cref="SinkException">The warehouse is away; the lake is up to date.</exception>
    public Task<IReadOnlyList<(string RunId, LoadResult? Load)>> CatchUpAsync(
        string? upTo,
        SinkKind? only,
        CancellationToken cancellationToken
    ) =>
        WhileLockedAsync(
            async token =>
            {
                var applied = await _catchUp.ApplyCommittedAsync(upTo, only, token);
                if (only != SinkKind.Lake)
                    Sinks.EnsureBoth();
                return applied;
            },
            cancellationToken
        );

    /// <summary>Reads again, as they were landed, the records that older rules rejected: a run of its own, so that both
    /// sinks and their journals take it as any other.</summary>
    /// <returns>Its summary; null when no record is due, or when a run that was interrupted must be ended
    /// first.</returns>
    public Task<RunSummary?> ReplayAsync(CancellationToken cancellationToken) =>
        WhileLockedAsync(ReplayLockedAsync, cancellationToken);

    private async Task<RunSummary?> ReplayLockedAsync(CancellationToken cancellationToken)
    {
        using var source = await VPlanSource.OpenSilentAsync(_settings, Runs.Store, _clock, cancellationToken);
        foreach (var folder in await Runs.InPhaseAsync(p => p < RunPhase.Committed, cancellationToken))
        {
            if ((await folder.PlanAsync(cancellationToken)).Request.Kind == RunKind.Replay)
                return await ResumeReplayAsync(folder, source, cancellationToken);
            _tell(
                new RunEvent.Info(
                    $"Run {folder.RunId} was interrupted. What was rejected is only read again once it has ended: "
                        + "start vplan-export run."
                )
            );
            return null;
        }
        return await NewReplayAsync(source, cancellationToken);
    }

    /// <summary>One that has landed nothing yet may have been planned before another run: it is planned
    /// again.</summary>
    private async Task<RunSummary?> ResumeReplayAsync(
        RunFolder folder,
        VPlanSource source,
        CancellationToken cancellationToken
    )
    {
        if (await folder.PhaseAsync(cancellationToken) != RunPhase.Planned)
            return await NewRun(source).CompleteAsync(folder, cancellationToken);
        await Runs.DeleteAsync(folder, cancellationToken);
        return await ReplayLockedAsync(cancellationToken);
    }

    private async Task<RunSummary?> NewReplayAsync(VPlanSource source, CancellationToken cancellationToken)
    {
        if (
            await Runs.LastManifestAsync(cancellationToken) is not { } last
            || await Sinks.LastSequenceAsync(cancellationToken) > last.Sequence
        )
            return null;
        var due = Replay.DueOf(
            await Runs.Open(last.RunId).QuarantineAsync(cancellationToken),
            _settings.PersonalData.Fingerprint
        );
        if (due.Count == 0)
            return null;
        if (Zones.Mix(last, due.Select(h => h.Entity).Distinct(), _settings) is { } mix)
        {
            _tell(
                new RunEvent.Info(
                    $"{mix}. What was rejected is read again by the next run, which dates all of them in the new "
                        + "zone: vplan-export run"
                )
            );
            return null;
        }
        var plan = RunPlan.MakeReplay(
            last,
            _clock.GetUtcNow().UtcDateTime,
            await Runs.LastSequenceAsync(cancellationToken),
            _settings,
            due.Select(h => h.Entity).Distinct()
        );
        var folder = Runs.Open(plan.RunId);
        await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
        return await NewRun(source).CompleteAsync(folder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Sinks.DisposeAsync();
        ClearLocal();
        await _lock.DisposeAsync();
    }

    /// <summary>What stays there fails no run, and hides no failure of one.</summary>
    private void ClearLocal()
    {
        foreach (var place in new[] { _settings.Runs.WorkFolder, _settings.Lake.Location })
        {
            try
            {
                place.ClearLocal();
            }
            catch (SinkException e)
            {
                _tell(new RunEvent.Warning(e.Message));
            }
        }
    }

    /// <summary>Stops the work when the lock is lost, and says so.</summary>
    private async Task<T> WhileLockedAsync<T>(
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lock.Lost);
        try
        {
            return await work(stop.Token);
        }
        catch (OperationCanceledException)
            when (_lock.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await _lock.EnsureHeldAsync(cancellationToken);
            throw;
        }
    }

    private Rollback NewRollback() =>
        new(
            Runs,
            Sinks,
            _settings.Lake.Retention,
            (upTo, token) => _catchUp.ApplyCommittedAsync(upTo, only: null, token),
            _clock,
            _tell
        );

    private ForgetPerson NewForget() => new(Runs, Sinks, _clock, _tell);

    private Run NewRun(VPlanSource source) => new(_settings, Runs, Sinks, source, _clock, _tell);

    /// <summary>A run that a sink has begun to show is not discarded: finishing it is the only way in which both come
    /// to hold the same.</summary>
    private async Task DiscardAsync(CancellationToken cancellationToken)
    {
        var shown = await Sinks.LastSequenceAsync(cancellationToken);
        foreach (
            var folder in await Runs.InPhaseAsync(
                p => p is not (RunPhase.Committed or RunPhase.Refused or RunPhase.RolledBack),
                cancellationToken
            )
        )
        {
            if (folder.Sequence != shown)
                await DiscardAsync(folder, cancellationToken);
        }
    }

    private Task DiscardAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        _tell(new RunEvent.Info($"Discarding run {folder.RunId}, which was interrupted."));
        return Runs.DeleteAsync(folder, cancellationToken);
    }
}
