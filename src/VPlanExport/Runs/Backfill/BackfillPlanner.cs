using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs.Backfill;

/// <summary>
/// Reads a backfill month by month and compares what it would bring with the lake. What it reads is thrown away again:
/// nothing is published, and no run is left behind. The lock is held throughout, so that every month is compared with
/// the same state.
/// </summary>
internal sealed class BackfillPlanner(Settings settings, ExportSession runner, Run run, Action<RunEvent> tell)
{
    private readonly Scratch _scratch = new(runner.Runs.Store);
    private readonly Dictionary<string, TableDiff> _diffs = Catalog
        .Tables.Where(t => t != Calendar.Dim)
        .ToDictionary(t => t.Name, t => new TableDiff(t));

    /// <exception cref="RefusedException">A run was interrupted after reading, or a sink lacks one: there is no one
    /// state to compare with.</exception>
    public async Task<BackfillPlan> MakeAsync(RunRequest request, CancellationToken cancellationToken)
    {
        await runner.EnsureSettledAsync(cancellationToken);
        var last = await runner.Runs.LastManifestAsync(cancellationToken);
        var first = await run.MakePlanAsync(request, last, cancellationToken);
        var months = new List<PlannedMonth>();
        var requests = first.Request.OwnRequests;
        foreach (var (index, month) in request.Months().Index())
        {
            tell(
                new RunEvent.Info(
                    FormattableString.Invariant($"Reading {month}, month {index + 1} of {request.Months().Count}.")
                )
            );
            var plan = RunPlan.Make(month, last, first.StartedAt, first.Sequence - 1, settings, Catalog.All);
            var folder = _scratch.Open(plan.RunId);
            await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
            var (extracts, rows) = await run.PrepareAsync(folder, plan, last, cancellationToken);
            requests += extracts.Values.Sum(e => e.Requests);
            months.Add(new PlannedMonth(month, await run.PrintsAsync(folder, plan, extracts, cancellationToken)));
            await CompareAsync(
                folder,
                new ChangeSet(plan.RunId, plan.Sequence, plan.StartedAt, rows.Tables),
                cancellationToken
            );
            await _scratch.ClearAsync(cancellationToken);
        }
        return BackfillPlan.Make(
            request,
            first.StartedAt,
            last,
            settings,
            months,
            [.. Catalog.Tables.SelectMany(t => _diffs.GetValueOrDefault(t.Name)?.Lines ?? [])],
            requests
        );
    }

    private async Task CompareAsync(RunFolder folder, ChangeSet changes, CancellationToken cancellationToken)
    {
        var lake = runner.Sinks.Lake;
        foreach (var table in Catalog.Tables.Where(t => _diffs.ContainsKey(t.Name) && IsTouched(changes, t)))
            await _diffs[table.Name]
                .AddAsync(
                    changes.RunId,
                    () => lake.ReadAsync(table, cancellationToken: cancellationToken),
                    lake.ReadAfterAsync(table, changes, folder.Store, Catalog.Tables, cancellationToken)
                );
    }

    private static bool IsTouched(ChangeSet changes, Table table) =>
        changes.Tables.Single(c => c.Table == table.Name) is { } change
        && (change.Rows > 0 || change.Deleted.Count > 0 || change.DeleteScopes.Count > 0);
}
