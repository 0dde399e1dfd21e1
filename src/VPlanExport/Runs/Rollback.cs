using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>
/// Takes lake, warehouse and work folder back to what they were after a run. What is to be done is written down first,
/// in <c>rollback.json</c>, and every step changes nothing when it is repeated: the next process finishes a rollback
/// that died.
/// </summary>
/// <param name="retention">How long the lake keeps what was replaced.</param>
/// <param name="catchUp">Applies the committed runs up to one to a sink that lacks them.</param>
internal sealed class Rollback(
    RunStore runs,
    Sinks sinks,
    TimeSpan retention,
    Func<string, CancellationToken, Task> catchUp,
    TimeProvider clock,
    Action<RunEvent> tell
)
{
    private const string File = "rollback.json";
    private const string Lacking =
        "the lake or the warehouse does not hold what it held then, and the runs that are left do not begin with "
        + "one that read everything.";
    private const string Remedy =
        "To give the rollback up, delete the file, move the lake and the warehouse away and start: vplan-export "
        + "run --full";

    /// <summary>The run that a rollback which was interrupted goes back to; null when there is none.</summary>
    /// <param name="workFolder">The store of the work folder.</param>
    public static async Task<string?> PendingAsync(IStore workFolder, CancellationToken cancellationToken) =>
        (await workFolder.ReadJsonAsync<Intent>(File, Remedy, cancellationToken))?.ToRun;

    /// <exception cref="ConfigurationException">There is no such run, or what it left is no longer there; nothing was
    /// changed.</exception>
    /// <exception cref="SinkException">The warehouse is away; nothing was changed.</exception>
    public async Task<RollbackSummary> ToAsync(string runId, CancellationToken cancellationToken)
    {
        sinks.EnsureBoth();
        var target = await TargetAsync(runId, cancellationToken);
        var manifest = await target.ManifestAsync(cancellationToken);
        var later = await LaterAsync(target, cancellationToken);
        var isBehind = later.Count > 0 || await sinks.LastSequenceAsync(cancellationToken) > target.Sequence;
        if (isBehind)
        {
            await sinks.Lake.VerifyAsync(target.Sequence, Catalog.Tables, cancellationToken);
            await sinks.Warehouse.EnsureRestorableAsync(Catalog.Tables, cancellationToken);
            await sinks.Fence(cancellationToken);
            await runs.Store.PutJsonAsync(File, new Intent(runId, clock.GetUtcNow()), cancellationToken);
            await FinishAsync(target, manifest, cancellationToken);
        }
        return RollbackSummary.Of(manifest, isBehind, later, await LiveAsync(cancellationToken));
    }

    /// <returns>Whether there was one.</returns>
    /// <exception cref="SinkException">It cannot be finished any more.</exception>
    public async Task<bool> FinishPendingAsync(CancellationToken cancellationToken)
    {
        if (await PendingAsync(runs.Store, cancellationToken) is not { } runId)
            return false;
        sinks.EnsureBoth();
        tell(new RunEvent.Info($"Going on with the rollback to run {runId}, which was interrupted."));
        var target =
            (await runs.CommittedAsync(cancellationToken)).FirstOrDefault(r => r.RunId == runId)
            ?? throw new SinkException(
                $"The rollback to run {runId}, which was interrupted, needs that run, and its commit is no longer "
                    + $"in {runs.Store.Location}. Put its folder back. {Remedy}"
            );
        if (!await CanCatchUpAsync(target, cancellationToken))
            throw new SinkException(
                $"The rollback to run {runId}, which was interrupted, cannot be finished: {Lacking} Put back what "
                    + $"was moved away. {Remedy}"
            );
        await FinishAsync(target, await target.ManifestAsync(cancellationToken), cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<long>> LiveAsync(CancellationToken cancellationToken)
    {
        var live = new List<long>();
        foreach (var table in Catalog.Tables)
            live.Add(await sinks.Lake.CountLiveAsync(table, cancellationToken));
        return live;
    }

    /// <exception cref="SinkException">A sink cannot be taken back, which is said of every later run until it
    /// can.</exception>
    private async Task FinishAsync(RunFolder target, RunManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            await TakeBackAsync(target, manifest, cancellationToken);
        }
        catch (SinkException e)
        {
            throw new SinkException(
                $"The rollback to run {target.RunId} is not finished, and until it is no run is made: {e.Message} "
                    + "What starts next, such as `vplan-export run`, finishes it first.",
                e
            );
        }
    }

    private async Task TakeBackAsync(RunFolder target, RunManifest manifest, CancellationToken cancellationToken)
    {
        await catchUp(target.RunId, cancellationToken);
        sinks.EnsureBoth();
        tell(new RunEvent.Started(target.RunId, "rollback", $"the lake {sinks.Lake.Store.Location}"));
        await sinks.RestoreLakeAsync(manifest, cancellationToken);
        tell(new RunEvent.Started(target.RunId, "rollback", $"the warehouse {sinks.Warehouse.Location}"));
        await sinks.RestoreWarehouseAsync(manifest, cancellationToken);
        tell(new RunEvent.Started(target.RunId, "rollback", $"the runs in {runs.Store.Location}"));
        await sinks.Fence(cancellationToken);
        // The newest first: those that still count at any moment follow each other without a gap.
        foreach (var run in (await LaterAsync(target, cancellationToken)).Reverse())
            await run.FinishAsync(RunPhase.RolledBack, new Intent(target.RunId, clock.GetUtcNow()), cancellationToken);
        await runs.Store.DeleteAsync(File, cancellationToken);
    }

    /// <summary>Runs after one that count, or may come to count.</summary>
    private async Task<IReadOnlyList<RunFolder>> LaterAsync(RunFolder target, CancellationToken cancellationToken) =>
        [
            .. (await runs.InPhaseAsync(p => p <= RunPhase.Committed, cancellationToken)).Where(r =>
                r.Sequence > target.Sequence
            ),
        ];

    private async Task<RunFolder> TargetAsync(string runId, CancellationToken cancellationToken)
    {
        var committed = await runs.CommittedAsync(cancellationToken);
        if (committed.FirstOrDefault(r => r.RunId == runId) is not { } target)
            throw new ConfigurationException(
                $"There is no committed run '{runId}' in {runs.Store.Location}. "
                    + $"{await PossibleAsync(committed, cancellationToken)}"
            );
        if (await ObstacleAsync(target, cancellationToken) is not { } obstacle)
            return target;
        var further = await HasBaseAsync(target, cancellationToken)
            ? " To go back further, move the lake and the warehouse away and do it again: both are then built "
                + "again from the runs that are there."
            : "";
        throw new ConfigurationException(
            $"There is no way back to run {runId}: {obstacle} Nothing was changed. "
                + await PossibleAsync([.. committed.Where(r => r.Sequence > target.Sequence)], cancellationToken)
                + further
        );
    }

    /// <summary>From the newest run to the first that there is no way back to.</summary>
    private async Task<string> PossibleAsync(IReadOnlyList<RunFolder> committed, CancellationToken cancellationToken)
    {
        var possible = new List<string>();
        foreach (var run in committed.Reverse())
        {
            if (await ObstacleAsync(run, cancellationToken) is not null)
                break;
            possible.Insert(0, run.RunId);
        }
        return possible.Count == 0
            ? "There is no run to go back to."
            : $"Runs to go back to: {string.Join(", ", possible)}.";
    }

    private async Task<string?> ObstacleAsync(RunFolder run, CancellationToken cancellationToken) =>
        !await CanCatchUpAsync(run, cancellationToken) ? Lacking
        : await sinks.Lake.LostAsync(run.Sequence, Catalog.Tables, cancellationToken) is { } lost
            ? FormattableString.Invariant(
                $"the lake no longer holds {lost} as it was then (Lake:RetentionDays is {retention.TotalDays:0})."
            )
        : null;

    /// <summary>A sink that was lost is only whole again when it is built from a run on that read everything.</summary>
    private async Task<bool> CanCatchUpAsync(RunFolder run, CancellationToken cancellationToken) =>
        (
            await sinks.PositionAsync(SinkKind.Lake, cancellationToken) > 0
            && await sinks.PositionAsync(SinkKind.Warehouse, cancellationToken) > 0
        ) || await HasBaseAsync(run, cancellationToken);

    private async Task<bool> HasBaseAsync(RunFolder run, CancellationToken cancellationToken)
    {
        foreach (
            var earlier in (await runs.CommittedAsync(cancellationToken))
                .Where(r => r.Sequence <= run.Sequence)
                .Reverse()
        )
        {
            if (await earlier.IsEmptiedAsync(cancellationToken))
                return false;
            if ((await earlier.ManifestAsync(cancellationToken)).IsBase)
                return true;
        }
        return false;
    }

    /// <summary>Where to go back to, and when that was asked for or done.</summary>
    private sealed record Intent(string ToRun, DateTimeOffset At);
}

/// <summary>What a rollback left.</summary>
/// <param name="RunId">The last run that counts.</param>
/// <param name="IsDone">False when there was nothing to undo.</param>
/// <param name="Undone">Ids of the runs that no longer count, oldest first.</param>
/// <param name="ReadsFrom">The oldest watermark, UTC: from there on the next run reads what vPlan has changed. Null
/// when it reads everything.</param>
internal sealed record RollbackSummary(
    string RunId,
    string Request,
    DateTime StartedAt,
    bool IsDone,
    IReadOnlyList<string> Undone,
    DateTime? ReadsFrom,
    IReadOnlyList<LiveTable> Tables
)
{
    /// <param name="live">Rows by table, in the catalog's order.</param>
    internal static RollbackSummary Of(
        RunManifest run,
        bool isDone,
        IReadOnlyList<RunFolder> undone,
        IReadOnlyList<long> live
    ) =>
        new(
            run.RunId,
            run.Request.ToString(),
            run.StartedAt,
            isDone,
            [.. undone.Select(r => r.RunId)],
            run.Entities.Values.Min(e => e.Watermark),
            [.. Catalog.Tables.Zip(live, (table, rows) => new LiveTable(table.Name, rows))]
        );
}

/// <param name="Rows">Those that vPlan has, as far as it is known.</param>
internal sealed record LiveTable(string Table, long Rows);
