using System.Globalization;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Runs.Backfill;

/// <summary>
/// Publishes exactly what a plan showed. Every month is read again, and held to what the plan was made of, before the
/// first one is published; then each becomes a run of its own, of the pages that were read. The lock is held
/// throughout.
/// </summary>
internal sealed class BackfillApplication(BackfillPlan plan, ExportSession runner, Run run, Action<RunEvent> tell)
{
    private readonly Scratch _scratch = new(runner.Runs.Store);
    private readonly string _file = $"backfills/plan-{plan.Id()}.json";

    /// <exception cref="RefusedException">vPlan, or the lake and the warehouse, are no longer what the plan was made
    /// of.</exception>
    public async Task ApplyAsync(Action<RunSummary> committed, CancellationToken cancellationToken)
    {
        await runner.EnsureSettledAsync(cancellationToken);
        var own =
            (
                await runner.Runs.Store.ReadJsonAsync<OwnRuns>(
                    _file,
                    "Delete it, and make the plan again.",
                    cancellationToken
                )
            )?.RunIds.ToList() ?? [];
        var left = await LeftAsync(own, cancellationToken);
        var read = new List<(PlannedMonth Month, IStore Store)>();
        foreach (var month in left)
            read.Add((month, await ReadAsync(month, plan.Months.Count - left.Count, cancellationToken)));
        foreach (var (month, store) in read)
            committed(
                await run.ExecuteReadAsync(
                    month.Request,
                    store,
                    folder => NoteAsync(own, folder, cancellationToken),
                    cancellationToken
                )
            );
        await runner.Runs.Store.DeleteAsync(_file, cancellationToken);
    }

    /// <summary>The months that an earlier attempt has not published; what else it began is removed, to be read
    /// again.</summary>
    /// <exception cref="RefusedException">Another run than this plan's own was committed since.</exception>
    private async Task<IReadOnlyList<PlannedMonth>> LeftAsync(List<string> own, CancellationToken cancellationToken)
    {
        var published = new List<RunRequest>();
        foreach (var folder in (await runner.Runs.CommittedAsync(cancellationToken)).Where(r => own.Contains(r.RunId)))
            published.Add((await folder.ManifestAsync(cancellationToken)).Request);
        foreach (
            var folder in (await runner.Runs.InPhaseAsync(p => p == RunPhase.Planned, cancellationToken)).Where(r =>
                own.Contains(r.RunId)
            )
        )
            await runner.Runs.DeleteAsync(folder, cancellationToken);
        var last = (await runner.Runs.LastManifestAsync(cancellationToken))?.RunId;
        if (last != plan.Base && !own.Contains(last ?? ""))
            throw plan.Refusal(
                "The lake and the warehouse have changed since the plan was made: it was compared with "
                    + $"{NameOf(plan.Base)}, and now the last one is {NameOf(last)}.",
                published.Count
            );
        return [.. plan.Months.Where(m => !published.Exists(m.Request.IsSameAs))];
    }

    private async Task<IStore> ReadAsync(PlannedMonth month, int published, CancellationToken cancellationToken)
    {
        tell(new RunEvent.Info($"Reading {month.Request} again, to hold it against the plan."));
        var last = await runner.Runs.LastManifestAsync(cancellationToken);
        var reading = await run.MakePlanAsync(month.Request, last, cancellationToken);
        var folder = _scratch.Open(FormattableString.Invariant($"{month.Request.From:yyyy-MM-dd}"));
        var prints = await run.PrintsAsync(
            folder,
            reading,
            await run.ExtractAsync(folder, reading, last: null, cancellationToken),
            cancellationToken
        );
        foreach (var entity in month.Prints.Concat(prints).Select(p => p.Entity).Distinct())
        {
            var (then, now) = (
                month.Prints.FirstOrDefault(p => p.Entity == entity),
                prints.FirstOrDefault(p => p.Entity == entity)
            );
            if (then == now)
                continue;
            var given =
                then?.Rows == now?.Rows
                    ? "as many with other values"
                    : FormattableString.Invariant($"{now?.Rows ?? 0:N0}");
            throw plan.Refusal(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"vPlan has changed since the plan was made: of {entity} from "
                        + $"{month.Request.From:yyyy-MM-dd} to {month.Request.To:yyyy-MM-dd} it gave "
                        + $"{then?.Rows ?? 0:N0} rows then, and {given} now."
                ),
                published
            );
        }
        return folder.Store;
    }

    /// <summary>Before the run can be committed, so that it is known for this plan's own.</summary>
    private Task NoteAsync(List<string> own, RunFolder folder, CancellationToken cancellationToken)
    {
        own.Add(folder.RunId);
        return runner.Runs.Store.PutJsonAsync(_file, new OwnRuns(own), cancellationToken);
    }

    private static string NameOf(string? run) => run is null ? "no run" : $"run {run}";

    private sealed record OwnRuns(IReadOnlyList<string> RunIds);
}
