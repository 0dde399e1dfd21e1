using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What the work folder takes, by one listing of it.</summary>
/// <param name="Runs">Run folders.</param>
/// <param name="Warnings">Why it does not shrink, or what it could not rebuild, and what to do.</param>
internal sealed record WorkFolderUse(long Bytes, int Runs, IReadOnlyList<string> Warnings)
{
    private const string Weekly = "Schedule a weekly full read: vplan-export run --full";

    private const string NoBase =
        "No run whose rows are still there has read everything, so a lake or a warehouse that is lost is read "
        + $"from vPlan again. {Weekly}";

    /// <param name="keep">Runs:KeepDays.</param>
    public static async Task<WorkFolderUse> MakeAsync(
        RunStore runs,
        TimeSpan keep,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var files = await runs.Store.ListAsync("", cancellationToken);
        var all = await runs.AllAsync(cancellationToken);
        var full = files
            .Select(f => f.Path.Split('/'))
            .Where(p => p.Length > 3 && RunFolder.Bulk.Contains(p[2]))
            .Select(p => p[1])
            .ToHashSet();
        List<RunFolder> withRows = [.. all.Where(r => full.Contains(r.RunId))];
        List<RunFolder> old = [.. withRows.Where(r => RunStore.StartOf(r.RunId) < now - keep)];
        var warnings = new List<string>();
        if (old.Count > 0)
            warnings.Add(OldOf(old, keep));
        if (all.Count > 0 && !await HasBaseAsync(withRows, cancellationToken))
            warnings.Add(NoBase);
        return new WorkFolderUse(files.Sum(f => f.Bytes), all.Count, warnings);
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Size(Bytes)} in {Runs:N0} run{(Runs == 1 ? "" : "s")}");

    private static string OldOf(List<RunFolder> old, TimeSpan keep) =>
        FormattableString.Invariant(
            $"{old.Count} runs older than Runs:KeepDays ({keep.TotalDays:0}) still have their pages and rows, "
        )
        + $"the first of them {old[0].RunId}: a sink does not hold them, a run was interrupted, or no run was "
        + $"committed since. The next run removes what both sinks hold. {Weekly}";

    private static async Task<bool> HasBaseAsync(List<RunFolder> runs, CancellationToken cancellationToken)
    {
        foreach (var run in Enumerable.Reverse(runs))
        {
            if (await IsBaseAsync(run, cancellationToken))
                return true;
        }
        return false;
    }

    /// <summary>Nothing can be rebuilt from a run whose commit is damaged.</summary>
    private static async Task<bool> IsBaseAsync(RunFolder run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.PhaseAsync(cancellationToken) == RunPhase.Committed
                && (await run.ManifestAsync(cancellationToken)).IsBase;
        }
        catch (SinkException)
        {
            return false;
        }
    }

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1_000_000 => FormattableString.Invariant($"{bytes / 1e3:0.0} kB"),
            < 1_000_000_000 => FormattableString.Invariant($"{bytes / 1e6:0.0} MB"),
            _ => FormattableString.Invariant($"{bytes / 1e9:0.0} GB"),
        };
}
