using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform;
using VPlanExport.Transform.Derived;
using VPlanExport.Transform.Quality;
using VPlanExport.Transform.Star;

namespace VPlanExport.Runs;

/// <summary>
/// The life of a run, top to bottom: plan, extract once, flatten, publish to the lake, load the warehouse, commit.
/// Every phase leaves a mark when it is finished, so a run that died goes on from the last mark.
/// </summary>
internal sealed class Run(
    Settings settings,
    RunStore runs,
    Sinks sinks,
    VPlanSource source,
    TimeProvider clock,
    Action<RunEvent> tell
)
{
    private readonly List<string> _warnings = [];
    private PhaseSeconds _took = new();
    private readonly long _began = clock.GetTimestamp();
    private readonly DeleteGuard _guard = new(sinks.Baseline, settings.Runs);

    /// <summary>Starts a run, or goes on with the extraction of the same request that was interrupted, and takes it to
    /// its commit.</summary>
    /// <param name="heals">A sink lacks runs whose rows were removed, and this full read gives it everything.</param>
    public async Task<RunSummary> ExecuteAsync(RunRequest request, bool heals, CancellationToken cancellationToken)
    {
        var last = await runs.LastManifestAsync(cancellationToken);
        if (!heals)
            await sinks.EnsureSameAsync(cancellationToken);
        var inSinks = await sinks.LastSequenceAsync(cancellationToken);
        if (inSinks > (last?.Sequence ?? 0) && request is not { Kind: RunKind.Full, Entities: [] })
        {
            request = new RunRequest(RunKind.Full, []);
            tell(
                new RunEvent.Info(
                    "The lake or the warehouse holds a run that the work folder has no commit of, so everything "
                        + "is read."
                )
            );
        }
        var folder =
            await InterruptedExtractionAsync(request, last, cancellationToken)
            ?? await PlanAsync(request, last, cancellationToken);
        return await CompleteAsync(folder, cancellationToken);
    }

    /// <summary>Takes to its commit a run of what was read elsewhere: no request is sent for its rows.</summary>
    /// <param name="read">Where its pages were landed.</param>
    /// <param name="planned">Told of the run before anything can be made of it.</param>
    internal async Task<RunSummary> ExecuteReadAsync(
        RunRequest request,
        IStore read,
        Func<RunFolder, Task> planned,
        CancellationToken cancellationToken
    )
    {
        var plan = await MakePlanAsync(request, await runs.LastManifestAsync(cancellationToken), cancellationToken);
        var folder = runs.Open(plan.RunId);
        foreach (var file in await read.ListAsync("raw/", cancellationToken))
        {
            await using var page =
                await read.OpenAsync(file.Path, cancellationToken)
                ?? throw new SinkException($"'{file.Path}' in {read.Location} is gone. Start again.");
            await folder.Store.PutAsync(
                file.Path,
                stream => page.CopyToAsync(stream, cancellationToken),
                cancellationToken
            );
        }
        await planned(folder);
        await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
        return await CompleteAsync(folder, cancellationToken);
    }

    /// <summary>
    /// Takes a planned run to its commit; one whose extraction is finished without one request. The steps before are
    /// others' work: 1 lock (<see cref="ExportSession"/>), 2 baseline (<see cref="Sinks"/>), 3 plan.
    /// </summary>
    public async Task<RunSummary> CompleteAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await folder.PlanAsync(cancellationToken);
            var last = await runs.LastManifestAsync(cancellationToken);
            // 4 extract, 5 flatten, 6 derive: nothing is shown to others.
            var (extracts, rows) = await PrepareAsync(folder, plan, last, cancellationToken);
            var report = RunReports.Of(plan.Request, plan.StartedAt, Now, extracts, rows);
            var changes = new ChangeSet(plan.RunId, plan.Sequence, plan.StartedAt, rows.Tables)
            {
                Environment = plan.Environment ?? Own(null),
                Reads = ReadProof.After(last?.Reads, report),
                PreviousSequence = last?.Sequence ?? 0,
            };
            // 7 publish, 8 load: each sink keeps its own journal, so that either may be repeated.
            var publishing = clock.GetTimestamp();
            var versions = await PublishAsync(folder, changes, cancellationToken);
            report = report with { Seconds = report.Seconds with { Publish = SecondsSince(publishing) } };
            var load = await LoadAsync(folder, changes, report, cancellationToken) ?? LoadResult.Behind;
            await folder.WriteAsync(
                Reconciliation.File,
                Reconciliation.Of(plan.RunId, extracts, rows, load),
                cancellationToken
            );
            // 9 commit: from here on the run counts.
            var summary = await CommitAsync(
                folder,
                RunManifest.Of(plan, last, extracts, rows, versions, load, Now) with
                {
                    Environment = changes.Environment,
                    Reads = changes.Reads,
                },
                cancellationToken
            );
            await TidyAsync(cancellationToken);
            return summary;
        }
        catch (ExportException e)
            when (e is not (ReconciliationException or UnreadableAnswerException)
                && e.ExitCode is ExitCode.Contract or ExitCode.Refused
            )
        {
            await folder.FinishAsync(RunPhase.Refused, e.Message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Reads and flattens what a run will bring; nothing is shown to others.</summary>
    internal async Task<(Dictionary<string, LandedEntity> Extracts, TransformResult Rows)> PrepareAsync(
        RunFolder folder,
        RunPlan plan,
        RunManifest? last,
        CancellationToken cancellationToken
    )
    {
        var extracts = await OnceAsync(
            folder,
            RunPhase.Extracted,
            () => ExtractAsync(folder, plan, last, cancellationToken),
            cancellationToken
        );
        return (
            extracts,
            await OnceAsync(
                folder,
                RunPhase.Transformed,
                () => TransformAsync(folder, plan, last, extracts, cancellationToken),
                cancellationToken
            )
        );
    }

    /// <summary>The environment that the settings name; null where they need not name one.</summary>
    private VPlanEnvironment? Own(string? name) =>
        settings.VPlan.ApiEnv == "" && name is null ? null : new VPlanEnvironment(settings.VPlan.ApiEnv, name);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private double SecondsSince(long began) => Math.Round(clock.GetElapsedTime(began).TotalSeconds, 3);

    private async Task<RunFolder?> InterruptedExtractionAsync(
        RunRequest request,
        RunManifest? last,
        CancellationToken cancellationToken
    )
    {
        foreach (var folder in await runs.InPhaseAsync(p => p == RunPhase.Planned, cancellationToken))
        {
            var plan = await folder.PlanAsync(cancellationToken);
            if (!plan.Request.IsSameAs(request))
                continue;
            var why = WhyDiscarded(plan, last);
            if (why is null)
            {
                if (settings.VPlan.ApiEnv == "")
                    Environments.EnsureNamed(
                        settings,
                        "work folder",
                        plan.Environment,
                        (await source.Extractor.MeAsync(cancellationToken)).Name
                    );
                tell(
                    new RunEvent.Info(
                        $"Going on with {plan.Request} {plan.RunId}, which was interrupted while reading."
                    )
                );
                return folder;
            }
            tell(
                new RunEvent.Info(
                    $"Discarding {plan.Request} {plan.RunId}: it was interrupted while reading, and {why} since."
                )
            );
            await runs.DeleteAsync(folder, cancellationToken);
        }
        return null;
    }

    private string? WhyDiscarded(RunPlan plan, RunManifest? last) =>
        plan.Privacy != settings.PersonalData.Fingerprint ? "Privacy:PersonalData or its key has changed"
        : !Zones.IsSame(plan.Zone, settings.TimeZone) ? "VPlan:TimeZone has changed"
        : plan.After != last?.RunId ? "another run has been committed"
        : null;

    private async Task<RunFolder> PlanAsync(RunRequest request, RunManifest? last, CancellationToken cancellationToken)
    {
        var plan = await MakePlanAsync(request, last, cancellationToken);
        var folder = runs.Open(plan.RunId);
        await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
        foreach (var (name, window) in plan.Windows)
        {
            if (window is Window.Full { Because: { } why })
                tell(
                    new RunEvent.Info(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{RunSummary.Plural(name)}: all {why.Rows:N0} in {why.Requests:N0} requests; by "
                                + $"their parts it would take {why.ByParts:N0}."
                        )
                    )
                );
        }
        return folder;
    }

    /// <summary>What a run of the request will read.</summary>
    /// <exception cref="ConfigurationException">A backfill would date its rows in another zone than the
    /// others.</exception>
    internal async Task<RunPlan> MakePlanAsync(
        RunRequest request,
        RunManifest? last,
        CancellationToken cancellationToken
    )
    {
        var mix = Zones.Mix(
            last,
            request.Entities.Count == 0 ? Catalog.All.Select(e => e.Name) : request.Entities,
            settings
        );
        if (mix is not null && request.Kind == RunKind.Backfill)
            throw new ConfigurationException(
                $"{mix}: a backfill would mix the two, so nothing was read. Set VPlan:TimeZone back, or first "
                    + "date everything in the new zone: vplan-export run --full"
            );
        if (mix is not null)
            Warn($"{mix}: all of them are read again, so that every business date is in the new zone.");
        var now = Now;
        var me = await source.Extractor.MeAsync(cancellationToken);
        Environments.EnsureNamed(settings, "work folder", last?.Environment, me.Name);
        Environments.EnsureNamed(settings, "lake", await sinks.Lake.EnvironmentAsync(cancellationToken), me.Name);
        Environments.EnsureNamed(settings, "warehouse", sinks.WarehouseEnvironment, me.Name);
        if (me.Warning is { } warning)
            Warn(warning);
        var lastSequence = Math.Max(
            await runs.LastSequenceAsync(cancellationToken),
            await sinks.LastSequenceAsync(cancellationToken)
        );
        var lookbacks = new Dictionary<string, LookbackCounts>();
        foreach (var (name, window) in Make().Windows)
        {
            if (window is Window.Since { LookbackFrom: { } from })
                lookbacks[name] = (
                    await LookbackScan.ReadAsync(Catalog.Named(name), from, sinks.Baseline, cancellationToken)
                ).Counts;
        }
        return Make() with { Environment = Own(me.Name ?? last?.Environment?.Name) };

        RunPlan Make() =>
            RunPlan.Make(
                request,
                last,
                now,
                lastSequence,
                settings,
                Catalog.All,
                me.ServerTime,
                new PlanCounts(source.Extractor.RequestsLeft, lookbacks)
            );
    }

    /// <summary>Lands what the plan says.</summary>
    internal async Task<Dictionary<string, LandedEntity>> ExtractAsync(
        RunFolder folder,
        RunPlan plan,
        RunManifest? last,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        tell(new RunEvent.Started(plan.RunId, "extract", plan.Request.ToString()));
        if (plan.Request.Kind == RunKind.Replay)
            return await Replay.LandAsync(
                folder,
                await runs.Open(plan.After!).QuarantineAsync(cancellationToken),
                plan.Privacy,
                cancellationToken
            );
        var extracts = await new ExtractStep(
            folder,
            plan,
            last?.Entities ?? new Dictionary<string, EntityState>(),
            sinks.Baseline,
            source.Extractor,
            new SweepStep(folder, sinks.Baseline, source.Extractor, _guard, settings.VPlan.PageSize),
            tell
        ).RunAsync(cancellationToken);
        if (extracts.Values.Any(e => e.Unavailable is null))
        {
            _took = _took with { Extract = SecondsSince(began) };
            return extracts;
        }
        await runs.DeleteAsync(folder, cancellationToken);
        throw new ConfigurationException(
            $"vPlan at {settings.VPlan.BaseUrl} gives none of {string.Join(", ", extracts.Keys)} to this key (the "
                + $"first: {extracts.Values.First().Unavailable}). "
                + (
                    settings.VPlan.WithoutVersion
                    ?? "Check VPlan:BaseUrl and the key's rights in vPlan, then run again."
                )
        );
    }

    private async Task<TransformResult> TransformAsync(
        RunFolder folder,
        RunPlan plan,
        RunManifest? last,
        Dictionary<string, LandedEntity> extracts,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        tell(
            new RunEvent.Started(
                plan.RunId,
                "transform",
                FormattableString.Invariant($"{extracts.Values.Sum(e => e.Rows):N0} landed rows")
            )
        );
        runs.ClearSpool();
        var quarantine = new Quarantine(
            last is null ? [] : await runs.Open(last.RunId).QuarantineAsync(cancellationToken),
            plan.RunId,
            plan.Privacy
        );
        var landed = extracts.Values.Where(e => e.Unavailable is null).ToList();
        var baseline = sinks.Baseline.Of(plan, folder.Store, cancellationToken);
        var isBase = RunManifest.ReadsEverything(extracts, last);
        // 5 flatten
        var read = await new Transformer(
            folder.Store,
            runs.SpoolFolder,
            StampOf(plan),
            Catalog.Tables,
            baseline,
            isBase,
            plan.Request.Kind == RunKind.Replay
                ? new Rejects(share: 1, atLeast: int.MaxValue)
                : new Rejects(settings.Runs.MaxRejectShare, settings.Runs.MinRejects),
            quarantine
        ).TransformAsync(landed, last is null ? null : (last.Rows.OldestDate, last.Rows.LatestDate), cancellationToken);
        _took = _took with { Transform = SecondsSince(began) };
        // 6 derive: the derived tables need the others' rows as the lake will hold them, so they come last.
        began = clock.GetTimestamp();
        tell(new RunEvent.Started(plan.RunId, "derive", "planned days and the plan's history"));
        var rows = await new Deriver(folder.Store, runs.SpoolFolder, StampOf(plan), baseline).DeriveAsync(
            read,
            isBase,
            cancellationToken
        );
        rows = rows with { Seconds = _took with { Derive = SecondsSince(began) } };
        await folder.WriteAsync(RunFolder.QuarantineFile, quarantine.Held, cancellationToken);
        var certificate = Reconciliation.Of(plan.RunId, extracts, rows, load: null);
        await folder.WriteAsync(Reconciliation.File, certificate, cancellationToken);
        certificate.Ensure();
        await _guard.CheckAsync(extracts, rows.Tables, folder.Store, cancellationToken);
        return rows;
    }

    /// <summary>A run that was interrupted is finished in the zone that it was planned in.</summary>
    private RunContext StampOf(RunPlan plan)
    {
        var zone = plan.Zone is null ? settings.TimeZone : Zones.Named(plan.Zone);
        return new RunContext(
            plan.RunId,
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(plan.StartedAt, zone)),
            zone,
            plan.StartedAt,
            settings.Calendar
        );
    }

    /// <summary>What vPlan gave, of each entity that it has for this key.</summary>
    internal async Task<IReadOnlyList<EntityFingerprint>> PrintsAsync(
        RunFolder folder,
        RunPlan plan,
        IReadOnlyDictionary<string, LandedEntity> extracts,
        CancellationToken cancellationToken
    )
    {
        var prints = new List<EntityFingerprint>();
        foreach (var extract in extracts.Values.Where(e => e.Unavailable is null))
            prints.Add(await EntityFingerprint.OfAsync(extract, folder.Store, StampOf(plan), cancellationToken));
        return prints;
    }

    /// <summary>Asked of the lake even when the mark is there: its own journal knows, also when its folder was lost
    /// since.</summary>
    private async Task<IReadOnlyDictionary<string, long>> PublishAsync(
        RunFolder folder,
        ChangeSet changes,
        CancellationToken cancellationToken
    )
    {
        tell(
            new RunEvent.Started(
                changes.RunId,
                "publish",
                FormattableString.Invariant($"{changes.Tables.Sum(t => t.Rows):N0} rows to {settings.Lake.Location}")
            )
        );
        var versions = await sinks.PublishAsync(folder, changes, cancellationToken);
        await folder.FinishAsync(RunPhase.Published, versions, cancellationToken);
        tell(new RunEvent.Published(changes.RunId, Now - changes.ExtractedAt));
        return versions;
    }

    /// <returns>Null when the warehouse is away: it takes the run from its folder later.</returns>
    private async Task<LoadResult?> LoadAsync(
        RunFolder folder,
        ChangeSet changes,
        RunReport report,
        CancellationToken cancellationToken
    )
    {
        if (sinks.Away is not null)
            return null;
        tell(
            new RunEvent.Started(
                changes.RunId,
                "load",
                FormattableString.Invariant($"{changes.Tables.Sum(t => t.Rows):N0} rows to {sinks.Warehouse.Location}")
            )
        );
        var load = await sinks.LoadAsync(folder, changes, report with { FinishedAt = Now }, cancellationToken);
        if (load is null)
            return null;
        if (load.IsCopied)
            tell(
                new RunEvent.Info(
                    $"Another program reads {sinks.Warehouse.Location}, so the run was loaded into a copy, which "
                        + "has replaced the file. That program sees the run when it opens the file again."
                )
            );
        await folder.FinishAsync(RunPhase.Loaded, load, cancellationToken);
        return load;
    }

    private async Task<RunSummary> CommitAsync(
        RunFolder folder,
        RunManifest manifest,
        CancellationToken cancellationToken
    )
    {
        tell(new RunEvent.Entered(manifest.RunId, "commit"));
        var summary = RunSummary.Of(manifest, clock.GetElapsedTime(_began), source.Budget.Left, _warnings) with
        {
            Behind = RunSummary.BehindOf(sinks.Away),
        };
        await folder.WriteAsync("summary.json", summary, cancellationToken);
        await sinks.Fence(cancellationToken);
        await folder.FinishAsync(RunPhase.Committed, manifest, cancellationToken);
        var rejected = (await folder.QuarantineAsync(cancellationToken))
            .Where(record => record.RunId == manifest.RunId)
            .SelectMany(record => record.Rows)
            .GroupBy(row => (row.Table, row.Reason))
            .ToDictionary(same => same.Key, same => same.LongCount());
        tell(new RunEvent.Committed(manifest, summary, rejected));
        return summary;
    }

    /// <summary>After the commit: what no reader needs any more is removed. A failure here harms nothing and is only
    /// told.</summary>
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sinks.Lake.VacuumAsync(settings.Lake.Retention, cancellationToken);
            await runs.PruneAsync(
                clock.GetUtcNow() - settings.Runs.Keep,
                () => sinks.HeldByBothAsync(cancellationToken),
                cancellationToken
            );
        }
        catch (Exception e) when (e is SinkException or IOException or UnauthorizedAccessException)
        {
            Warn($"The run is committed, but old files could not be removed: {e.Message}");
        }
    }

    /// <summary>What a phase brought: from its mark when it is finished, else by doing it.</summary>
    private static async Task<T> OnceAsync<T>(
        RunFolder folder,
        RunPhase phase,
        Func<Task<T>> work,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (await folder.PhaseAsync(cancellationToken) >= phase)
            return await folder.ReadAsync<T>(phase, cancellationToken);
        var result = await work();
        await folder.FinishAsync(phase, result, cancellationToken);
        return result;
    }

    private void Warn(string warning)
    {
        _warnings.Add(warning);
        tell(new RunEvent.Warning(warning));
    }
}
