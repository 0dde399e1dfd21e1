using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>Brings the sinks up to date by the committed runs that are in the work folder, without a request.</summary>
internal sealed class CatchUp(RunStore runs, Sinks sinks, Action<RunEvent> tell)
{
    /// <exception cref="SinkException">The runs that are left cannot bring a sink up to date.</exception>
    public async Task<IReadOnlyList<(string RunId, LoadResult? Load)>> ApplyCommittedAsync(
        string? upTo,
        SinkKind? only,
        CancellationToken cancellationToken
    )
    {
        var last = upTo is null ? long.MaxValue : Named(upTo, await runs.CommittedAsync(cancellationToken)).Sequence;
        var starts = await StartsAsync(last, only, cancellationToken);
        if (starts.Lost.Count > 0)
            throw new SinkException(
                $"The {string.Join(" and the ", starts.Lost)} cannot be brought up to date by the runs that are "
                    + "left: rows of older ones were removed after Runs:KeepDays, and no later run has read "
                    + "everything. Nothing was applied. Read everything, which the next run does by itself: "
                    + "vplan-export run --full"
            );
        return await ApplyAsync(starts, last, cancellationToken);
    }

    /// <summary>Behind which runs each sink is taken on; one that is left out has them all.</summary>
    public async Task<Starts> StartsAsync(long? upTo, SinkKind? only, CancellationToken cancellationToken)
    {
        return new Starts(await StartAsync(SinkKind.Lake), await StartAsync(SinkKind.Warehouse));

        // A sink that is away takes nothing, as one that has everything.
        async Task<long?> StartAsync(SinkKind sink) =>
            (only is null || only == sink) && await sinks.PositionAsync(sink, cancellationToken) is { } position
                ? await runs.StartForAsync(position, upTo ?? long.MaxValue, cancellationToken)
                : long.MaxValue;
    }

    public async Task<IReadOnlyList<(string RunId, LoadResult? Load)>> ApplyAsync(
        Starts starts,
        long upTo,
        CancellationToken cancellationToken
    )
    {
        var applied = new List<(string, LoadResult?)>();
        RunFolder? before = null;
        foreach (var run in (await runs.CommittedAsync(cancellationToken)).Where(r => r.Sequence <= upTo))
        {
            if (run.Sequence > starts.Lake || run.Sequence > starts.Warehouse)
                applied.Add((run.RunId, await ApplyAsync(run, before, starts, cancellationToken)));
            before = run;
        }
        return applied;
    }

    private RunFolder Named(string runId, IReadOnlyList<RunFolder> committed) =>
        committed.FirstOrDefault(r => r.RunId == runId)
        ?? throw new ConfigurationException(
            $"There is no committed run '{runId}' in {runs.Store.Location}. "
                + (
                    committed.Count == 0
                        ? "There is none yet; start one with: vplan-export run"
                        : $"There are: {string.Join(", ", committed.Select(r => r.RunId))}."
                )
        );

    /// <param name="before">The run before; null where it is no longer there.</param>
    private async Task<LoadResult?> ApplyAsync(
        RunFolder run,
        RunFolder? before,
        Starts starts,
        CancellationToken cancellationToken
    )
    {
        var (toLake, toWarehouse) = (run.Sequence > starts.Lake, run.Sequence > starts.Warehouse);
        var manifest = await run.ManifestAsync(cancellationToken);
        var changes = new ChangeSet(manifest.RunId, manifest.Sequence, manifest.StartedAt, manifest.Rows.Tables)
        {
            Environment = manifest.Environment,
            Reads = manifest.Reads,
            PreviousSequence = before?.Sequence ?? run.Sequence - 1,
        };
        tell(
            new RunEvent.Info(
                $"Applying run {run.RunId} to {(toLake ? "the lake" : "")}{(toLake && toWarehouse ? " and " : "")}"
                    + $"{(toWarehouse ? "the warehouse" : "")}."
            )
        );
        if (toLake)
        {
            tell(new RunEvent.Entered(run.RunId, "publish"));
            await sinks.PublishAsync(run, changes, cancellationToken);
        }
        if (toWarehouse)
            tell(new RunEvent.Entered(run.RunId, "load"));
        return toWarehouse ? await sinks.LoadAsync(run, changes, RunReports.Of(manifest), cancellationToken) : null;
    }

    /// <summary>Sequences behind which the sinks take runs; null where the runs that are left cannot bring the sink up
    /// to date.</summary>
    internal sealed record Starts(long? Lake, long? Warehouse)
    {
        public IReadOnlyList<string> Lost =>
            [.. new[] { Lake is null ? "lake" : null, Warehouse is null ? "warehouse" : null }.OfType<string>()];
    }
}
