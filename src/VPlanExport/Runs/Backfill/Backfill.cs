using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Runs.Backfill;

/// <summary>
/// A range of business dates read again, a month at a time: each month is a run of its own, with the lock for itself,
/// and between two of them a waiting command comes in. Within what the nightly run leaves of a day's requests.
/// </summary>
/// <param name="waits">Waits for the holder of the lock instead of failing.</param>
internal sealed class Backfill(Settings settings, bool waits, TimeProvider clock, Action<RunEvent> tell)
{
    /// <summary>As others are told; a nightly run waits for it.</summary>
    public const string Command = "vplan-export backfill";

    /// <summary>Longer than a waiter takes to see that the lock is free.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    /// <summary>The months of the request that there is something to read of; null for all.</summary>
    public RunRequest? Within { get; init; }

    /// <summary>Told each row that a plan would change; null for no one.</summary>
    public Action<DiffRow>? TellRow { get; init; }

    /// <summary>Reads and commits every month that is not finished.</summary>
    /// <param name="committed">Told of each run that was committed.</param>
    /// <exception cref="ExportException">As a run's; it says which months are finished. The same request goes on with
    /// the others.</exception>
    public async Task RunAsync(RunRequest request, Action<RunSummary> committed, CancellationToken cancellationToken)
    {
        var months = (Within ?? request).Months();
        var progress = await BackfillProgress.OpenAsync(
            new RunStore(settings.Runs.WorkFolder, clock),
            request,
            cancellationToken
        );
        var left = months.Where(m => !progress.IsFinished(m)).ToList();
        if (left.Count < months.Count)
            Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Going on with the {request} that began {progress.BeganAt:yyyy-MM-dd HH:mm:ss}Z: "
                        + $"{months.Count - left.Count} of {months.Count} months are finished."
                )
            );
        foreach (var (index, month) in left.Index())
        {
            if (index > 0)
                await Task.Delay(Pause, clock, cancellationToken);
            await TellingHowFarAsync(
                () => RunAsync(month, progress, committed, cancellationToken),
                month,
                months.Count - left.Count + index,
                months.Count
            );
        }
        await progress.EndAsync(cancellationToken);
    }

    /// <summary>Reads the range and tells what it would change; publishes nothing.</summary>
    /// <exception cref="RefusedException">There is no one state to compare with, or a guard would refuse the
    /// backfill.</exception>
    public async Task<BackfillPlan> PlanAsync(RunRequest request, CancellationToken cancellationToken)
    {
        await using var runner = await OpenAsync(cancellationToken);
        return await runner.BackfillAsync(
            (run, token) => new BackfillPlanner(settings, runner, run, tell, TellRow).MakeAsync(request, token),
            cancellationToken
        );
    }

    /// <summary>Publishes exactly what the plan shows; an interrupted application goes on with the months that are
    /// left.</summary>
    /// <param name="committed">Told of each run that was committed.</param>
    /// <exception cref="RefusedException">vPlan, or the lake and the warehouse, are no longer what the plan was made
    /// of.</exception>
    public async Task ApplyAsync(BackfillPlan plan, Action<RunSummary> committed, CancellationToken cancellationToken)
    {
        await using var runner = await OpenAsync(cancellationToken);
        foreach (var summary in await runner.SettleAsync(cancellationToken))
            committed(summary);
        await runner.BackfillAsync(
            async (run, token) =>
            {
                await new BackfillApplication(plan, runner, run, tell).ApplyAsync(committed, token);
                return true;
            },
            cancellationToken
        );
    }

    private async Task RunAsync(
        RunRequest month,
        BackfillProgress progress,
        Action<RunSummary> committed,
        CancellationToken cancellationToken
    )
    {
        await using var runner = await OpenAsync(cancellationToken);
        await progress.BeginAsync(clock.GetUtcNow().UtcDateTime, cancellationToken);
        foreach (var summary in await runner.RunAsync(month, fresh: false, cancellationToken))
            committed(summary);
    }

    private static async Task TellingHowFarAsync(Func<Task> work, RunRequest month, int finished, int all)
    {
        try
        {
            await work();
        }
        catch (ExportException e) when (all > 1)
        {
            throw new ExportException(
                e.ExitCode,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Message} {finished} of {all} months are finished and stay so; the same command goes on "
                        + $"with {month.From:yyyy-MM}."
                ),
                e
            );
        }
    }

    private Task<ExportSession> OpenAsync(CancellationToken cancellationToken) =>
        ExportSession.OpenAsync(settings, Command, clock, tell, _ => waits, cancellationToken);

    private void Say(string text) => tell(new RunEvent.Info(text));
}

/// <summary>
/// How far a backfill is. A file in the work folder remembers which runs there were when it began, until its last month
/// is committed: a month is finished when a run of it was committed since. So an interrupted backfill goes on, and a
/// finished one that is asked for again reads again.
/// </summary>
internal sealed class BackfillProgress
{
    private readonly RunStore _runs;
    private readonly string _file;

    private BackfillProgress(RunStore runs, RunRequest request)
    {
        _runs = runs;
        var entities = string.Concat(
            request.Entities.Order(StringComparer.Ordinal).Select((e, i) => (i == 0 ? '_' : '+') + e)
        );
        _file = FormattableString.Invariant(
            $"backfills/{request.From:yyyy-MM-dd}_{request.To:yyyy-MM-dd}{entities}.json"
        );
    }

    /// <summary>When it began, by this machine's clock, UTC; null when it has not.</summary>
    public DateTime? BeganAt { get; private set; }

    /// <summary>What was committed since it began.</summary>
    private List<RunRequest> Committed { get; } = [];

    public static async Task<BackfillProgress> OpenAsync(
        RunStore runs,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var progress = new BackfillProgress(runs, request);
        if (
            await runs.Store.ReadJsonAsync<Begun>(
                progress._file,
                "Delete it: the backfill then begins again.",
                cancellationToken
            )
            is not { } begun
        )
            return progress;
        progress.BeganAt = begun.At;
        foreach (var run in (await runs.CommittedAsync(cancellationToken)).Where(r => r.Sequence > begun.After))
            progress.Committed.Add((await run.ManifestAsync(cancellationToken)).Request);
        return progress;
    }

    public bool IsFinished(RunRequest month) => Committed.Exists(month.IsSameAs);

    /// <param name="now">UTC.</param>
    public async Task BeginAsync(DateTime now, CancellationToken cancellationToken)
    {
        if (BeganAt is not null)
            return;
        await _runs.Store.PutJsonAsync(
            _file,
            new Begun(await _runs.LastSequenceAsync(cancellationToken), now),
            cancellationToken
        );
        BeganAt = now;
    }

    public Task EndAsync(CancellationToken cancellationToken) => _runs.Store.DeleteAsync(_file, cancellationToken);

    /// <param name="After">The largest sequence that a run had then.</param>
    private sealed record Begun(long After, DateTime At);
}
