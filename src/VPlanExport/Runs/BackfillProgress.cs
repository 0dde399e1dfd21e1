using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>
/// How far a backfill is. A file in the work folder remembers which runs there were when it began, until its last month is committed: a month is finished
/// when a run of it was committed since. So an interrupted backfill goes on, and a finished one that is asked for again reads again.
/// </summary>
internal sealed class BackfillProgress
{
    private readonly RunStore _runs;
    private readonly string _file;

    private BackfillProgress(RunStore runs, RunRequest request)
    {
        _runs = runs;
        _file = FormattableString.Invariant($"backfills/{request.From:yyyy-MM-dd}_{request.To:yyyy-MM-dd}{(request.Entities.Count == 0 ? "" : $"_{string.Join('+', request.Entities.Order(StringComparer.Ordinal))}")}.json");
    }

    /// <summary>When it began, by this machine's clock, UTC; null when it has not.</summary>
    public DateTime? BeganAt { get; private set; }

    /// <summary>What was committed since it began.</summary>
    private List<RunRequest> Committed { get; } = [];

    public static async Task<BackfillProgress> OpenAsync(RunStore runs, RunRequest request, CancellationToken cancellationToken)
    {
        var progress = new BackfillProgress(runs, request);
        if (await runs.Store.ReadJsonAsync<Begun>(progress._file, "Delete it: the backfill then begins again.", cancellationToken) is not { } begun)
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
        await _runs.Store.PutJsonAsync(_file, new Begun(await _runs.LastSequenceAsync(cancellationToken), now), cancellationToken);
        BeganAt = now;
    }

    public Task EndAsync(CancellationToken cancellationToken) => _runs.Store.DeleteAsync(_file, cancellationToken);

    /// <param name="After">The largest sequence that a run had then.</param>
    private sealed record Begun(long After, DateTime At);
}
