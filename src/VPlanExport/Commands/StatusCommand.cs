using System.CommandLine;
using System.Text.Json;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands;

/// <summary>What happened last, and how fresh everything is.</summary>
internal sealed class StatusCommand : CliCommand
{
    private const int LastRuns = 10;
    private const string Interrupted = "interrupted";

    /// <summary>What a health check sees where the data is older than it may be.</summary>
    private const ExitCode TooOld = (ExitCode)1;

    private readonly Option<string> _format = SharedOptions.Format("text", "json");
    private readonly Option<string?> _maxAge = new("--max-age")
    {
        Description =
            "End with exit code 1 when the data is older, or when there is none: a number with s, m, h or d. "
            + "The verdict LATE takes 26h without it.",
        HelpName = "AGE",
    };

    public StatusCommand() =>
        Command = new Command(
            "status",
            "A verdict (OK, FAILED, LATE, RUNNING, INTERRUPTED or NEVER) and what needs someone; then the last starts "
                + "and runs, watermark and certificate of every entity, the freshness of every table, the quarantine, "
                + "and the requests used today."
        )
        {
            _format,
            _maxAge,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export status --max-age 26h";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetValue(_maxAge);
        var maxAge = given is null ? Verdict.UsualMaxAge : SharedOptions.Age("--max-age", given);
        var status = await ReadAsync(context.ReadSettings(), maxAge, context.Clock, cancellationToken);
        if (context.Parsed.GetValue(_format) == "json")
            context.Output.WriteLine(
                JsonSerializer.Serialize(
                    status,
                    new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }
                )
            );
        else
            Show(status, context);
        return given is not null && status.Verdict.IsTooOld ? TooOld : ExitCode.Ok;
    }

    private static void Show(StatusReport status, CommandContext context)
    {
        var isApart = context.Reporter.ShowsWarningsApart;
        context.Reporter.Show(
            "status",
            status,
            output =>
                new StatusText(status, output, context.Width) { IsDrawn = FiguresText.CanDraw(context.IsAlone) }.Write(
                    withWarnings: !isApart
                )
        );
        foreach (var warning in status.Warnings.Where(_ => isApart))
            context.Reporter.Tell(new RunEvent.Warning(warning));
    }

    private static async Task<StatusReport> ReadAsync(
        Settings settings,
        TimeSpan maxAge,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, clock);
        var good = await GoodRun.LastAsync(runs, cancellationToken);
        var starts = await new StartJournal(runs.Store, clock).NewestAsync(good?.EndedAt, LastRuns, cancellationToken);
        var lines = new List<RunLine>();
        var proofs = new Dictionary<string, Proof>();
        foreach (var folder in (await runs.AllAsync(cancellationToken)).Reverse().Take(LastRuns))
            lines.Add(await LineOfAsync(folder, starts, proofs, cancellationToken));
        var last = await runs.LastManifestAsync(cancellationToken);
        var held = last is null ? [] : await runs.Open(last.RunId).QuarantineAsync(cancellationToken);
        var warehouse = last is null
            ? WarehouseState.None
            : await WarehouseState.ReadAsync(settings, clock, cancellationToken);
        var budget = await RequestBudget.OpenAsync(runs.Store, settings.VPlan.RequestsPerDay, clock, cancellationToken);
        var key = await new ApiKeyAges(runs.Store, clock).InUseAsync(settings.VPlan, cancellationToken);
        var entities =
            last?.Entities.Select(e => new EntityLine(
                e.Key,
                e.Value.Watermark,
                e.Value.SweptAt,
                proofs.GetValueOrDefault(e.Key),
                held.Where(h => h.Entity == e.Key).Sum(h => h.Rows.Count)
            ))
            ?? [];
        var behind = await BehindAsync(runs, warehouse.Position, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var verdict = Verdict.Of(good, starts, Untold(lines, good, starts), behind is not null, maxAge, now);
        return new StatusReport(
            verdict,
            settings.TimeZone,
            lines,
            last?.Entities.ToDictionary(e => e.Key, e => e.Value.Watermark) ?? [],
            [.. entities],
            warehouse.Tables,
            warehouse.Problem,
            budget.Used,
            settings.VPlan.RequestsPerDay,
            key?.FirstUsedAt,
            key?.Warning,
            await Rollback.PendingAsync(runs.Store, cancellationToken),
            await WorkFolderUse.MakeAsync(runs, settings.Runs.Keep, clock.GetUtcNow(), cancellationToken)
        )
        {
            WarehouseBehind = behind,
            Drawn = warehouse.Figures,
            FiguresProblem = warehouse.FiguresProblem,
            SignIn = await SignIn.ReadAsync(settings, runs.Store, clock, cancellationToken),
            OtherEnvironment = Environments.Difference(settings, "work folder", last?.Environment),
            Starts = StartLine.Of(starts, verdict),
            Places = UsedPlaces.Of(settings, clock),
            Misspelt = settings.Misspelt,
        };
    }

    /// <summary>A run that was begun by an earlier version, which kept no journal of its starts.</summary>
    private static Start? Untold(IEnumerable<RunLine> newestFirst, GoodRun? good, IReadOnlyList<Start> starts)
    {
        var run = newestFirst.TakeWhile(r => r.Run != good?.Id).FirstOrDefault(r => r.State == Interrupted);
        return run is null || starts.Any(s => s.RunId == run.Run)
            ? null
            : new Start(run.Run, "run", run.StartedAt!.Value, 0, "") { Phase = NextPhase(run.Phase!), RunId = run.Run };
    }

    /// <summary>The phase that was not finished, by the last one that was.</summary>
    private static string NextPhase(string finished) =>
        finished switch
        {
            "planned" => "extract",
            "extracted" => "transform",
            "transformed" => "publish",
            "published" => "load",
            _ => "commit",
        };

    /// <param name="proofs">Is given what the run proves of entities that no later run has read.</param>
    private static async Task<RunLine> LineOfAsync(
        RunFolder folder,
        IReadOnlyList<Start> starts,
        Dictionary<string, Proof> proofs,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var phase = await folder.PhaseAsync(cancellationToken);
            if (phase is null)
                return new RunLine(folder.RunId, "?", "not begun", null, null);
            var plan = await folder.PlanAsync(cancellationToken);
            var manifest = phase == RunPhase.Committed ? await folder.ManifestAsync(cancellationToken) : null;
            foreach (var extract in manifest?.Extracts.Values ?? [])
                proofs.TryAdd(
                    extract.Entity,
                    new Proof(
                        manifest!.RunId,
                        RunSummary.CertificateOf(extract),
                        RunReports.StationsOf(extract, manifest.Rows)?.Accepted.ToString()
                    )
                );
            var finished = phase.Value.ToString().ToLowerInvariant();
            return new RunLine(
                folder.RunId,
                plan.Request.ToString(),
                phase < RunPhase.Committed
                    ? starts.Any(s => s.IsRunning && s.RunId == folder.RunId)
                        ? "running"
                        : Interrupted
                    : phase == RunPhase.RolledBack
                        ? "rolled back"
                        : finished,
                plan.StartedAt,
                manifest?.Requests
            )
            {
                Phase = finished,
            };
        }
        catch (SinkException)
        {
            return new RunLine(folder.RunId, "?", "damaged", null, null);
        }
    }

    /// <param name="position">The last run that the warehouse holds. Null when it cannot be asked: then the runs say
    /// which of them it missed.</param>
    internal static async Task<string?> BehindAsync(RunStore runs, long? position, CancellationToken cancellationToken)
    {
        var lacking = new List<string>();
        foreach (var run in (await runs.CommittedAsync(cancellationToken)).Reverse())
        {
            if (
                position is { } held
                    ? run.Sequence <= held
                    : !(await run.ManifestAsync(cancellationToken)).Warehouse.IsBehind
            )
                break;
            lacking.Insert(0, run.RunId);
        }
        return lacking.Count == 0
            ? null
            : $"The warehouse is behind: it lacks {string.Join(", ", lacking)}. The next run loads what is "
                + "missing, or: vplan-export load";
    }
}
