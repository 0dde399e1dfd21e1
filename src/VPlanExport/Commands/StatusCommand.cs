using System.CommandLine;
using System.Text.Json;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>What happened last, and how fresh everything is.</summary>
internal sealed class StatusCommand : CliCommand
{
    private const int LastRuns = 10;

    private readonly Option<string> _format = SharedOptions.Format("text", "json");

    public StatusCommand() =>
        Command = new Command(
            "status",
            "The last runs, watermark and certificate of every entity, the freshness of every table, the "
                + "quarantine, and the requests used today."
        )
        {
            _format,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export status --format json";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        var lines = new List<RunLine>();
        var proofs = new Dictionary<string, Proof>();
        foreach (var folder in (await runs.AllAsync(cancellationToken)).Reverse().Take(LastRuns))
            lines.Add(await LineOfAsync(folder, proofs, cancellationToken));
        var last = await runs.LastManifestAsync(cancellationToken);
        var held = last is null ? [] : await runs.Open(last.RunId).QuarantineAsync(cancellationToken);
        var (tables, position, problem) = last is null
            ? ([], null, null)
            : await FreshnessAsync(settings, context.Clock, cancellationToken);
        var budget = await RequestBudget.OpenAsync(
            runs.Store,
            settings.VPlan.RequestsPerDay,
            context.Clock,
            cancellationToken
        );
        var key = await new ApiKeyAges(runs.Store, context.Clock).InUseAsync(settings.VPlan, cancellationToken);
        var entities =
            last?.Entities.Select(e => new EntityLine(
                e.Key,
                e.Value.Watermark,
                e.Value.SweptAt,
                proofs.GetValueOrDefault(e.Key),
                held.Where(h => h.Entity == e.Key).Sum(h => h.Rows.Count)
            ))
            ?? [];
        var status = new Status(
            lines,
            last?.Entities.ToDictionary(e => e.Key, e => e.Value.Watermark) ?? [],
            [.. entities],
            tables,
            problem,
            budget.Used,
            settings.VPlan.RequestsPerDay,
            key?.FirstUsedAt,
            key?.Warning,
            await Rollback.PendingAsync(runs.Store, cancellationToken),
            await WorkFolderUse.MakeAsync(runs, settings.Runs.Keep, context.Clock.GetUtcNow(), cancellationToken)
        )
        {
            WarehouseBehind = await BehindAsync(runs, position, cancellationToken),
            SignIn = await SignIn.ReadAsync(settings, runs.Store, context.Clock, cancellationToken),
        };
        if (context.Parsed.GetValue(_format) == "json")
            context.Output.WriteLine(
                JsonSerializer.Serialize(
                    status,
                    new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }
                )
            );
        else
            Show(status, context.Reporter, context.Clock.GetUtcNow().UtcDateTime);
        return ExitCode.Ok;
    }

    private static void Show(Status status, Reporter reporter, DateTime now)
    {
        reporter.Show("status", status, output => Write(status, output, now));
        if (status.SignIn?.Warning is { } ending)
            reporter.Tell(new RunEvent.Warning(ending));
        if (status.KeyWarning is { } warning)
            reporter.Tell(new RunEvent.Warning(warning));
        foreach (var about in status.WorkFolder.Warnings)
            reporter.Tell(new RunEvent.Warning(about));
        if (status.RollbackTo is { } run)
            reporter.Tell(
                new RunEvent.Warning(
                    $"A rollback to run {run} was interrupted: the next command that writes finishes it."
                )
            );
        if (status.WarehouseBehind is { } behind)
            reporter.Tell(new RunEvent.Warning(behind));
    }

    /// <param name="proofs">Is given what the run proves of entities that no later run has read.</param>
    private static async Task<RunLine> LineOfAsync(
        RunFolder folder,
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
            return new RunLine(
                folder.RunId,
                plan.Request.ToString(),
                phase == RunPhase.RolledBack ? "rolled back" : phase.Value.ToString().ToLowerInvariant(),
                plan.StartedAt,
                manifest?.Requests
            );
        }
        catch (SinkException)
        {
            return new RunLine(folder.RunId, "?", "damaged", null, null);
        }
    }

    /// <summary>A warehouse that is not there or that a run holds open is no reason to hide the rest.</summary>
    private static async Task<(IReadOnlyList<TableLine> Tables, long? Position, string? Problem)> FreshnessAsync(
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var warehouse = Sinks.OpenWarehouse(settings.Warehouse, clock);
            var tables = await warehouse.FreshnessAsync(cancellationToken);
            var position = await warehouse.LastSequenceAsync(cancellationToken);
            return (
                [.. tables.Select(t => new TableLine(t.Table, t.LiveRows, Text(t.LastRunId), Text(t.LoadedAt)))],
                position,
                null
            );
        }
        catch (ExportException e)
        {
            return ([], null, e.Message);
        }
    }

    /// <param name="position">The last run that the warehouse holds. Null when it cannot be asked: then the runs say
    /// which of them it missed.</param>
    private static async Task<string?> BehindAsync(RunStore runs, long? position, CancellationToken cancellationToken)
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

    private static string Text(object? value) => ValueText.Text(value);

    private static void Write(Status status, TextWriter output, DateTime now)
    {
        if (status.Runs.Count == 0)
            output.WriteLine("No run yet. Start one with: vplan-export run");
        Section(
            output,
            ["run", "what", "state", "started", ">requests"],
            status.Runs.Select(r => new[] { r.Run, r.What, r.State, Text(r.StartedAt), Text(r.Requests) })
        );
        Section(
            output,
            ["entity", "watermark", "ids compared", "certificate", "balanced", ">in quarantine"],
            status.Entities.Select(e =>
                new[]
                {
                    e.Entity,
                    e.Watermark is null ? "never read" : Text(e.Watermark),
                    Text(e.SweptAt),
                    e.Proof?.Certificate ?? "",
                    e.Proof?.Balanced ?? "",
                    Text(e.Held),
                }
            )
        );
        Section(
            output,
            ["table", ">rows", "last run", "loaded at"],
            status.Tables.Select(t => new[] { t.Table, Text(t.Rows), t.LastRun, t.LoadedAt })
        );
        if (status.WarehouseProblem is { } problem)
            output.WriteLine($"No freshness of tables: {problem}");
        if (status.Entities.Sum(e => e.Held) is var held and > 0)
            output.WriteLine($"{held} rejected rows are in the quarantine: vplan-export rejects list");
        output.WriteLine($"Signed in by: {status.SignIn?.Describe(now) ?? "key (VPlan:ApiKey)"}.");
        output.WriteLine($"Work folder: {status.WorkFolder}.");
        output.WriteLine($"Requests today: {status.RequestsUsedToday} of {status.RequestsPerDay}.");
    }

    private static void Section(TextWriter output, string[] headings, IEnumerable<string[]> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        TextTable.Write(output, headings, all);
        output.WriteLine();
    }

    private sealed record RunLine(string Run, string What, string State, DateTime? StartedAt, int? Requests);

    /// <param name="SweptAt">When its ids were last compared with vPlan's, UTC.</param>
    /// <param name="Held">Rejected rows in the quarantine.</param>
    private sealed record EntityLine(string Entity, DateTime? Watermark, DateTime? SweptAt, Proof? Proof, int Held);

    /// <param name="Run">The last run that read the entity.</param>
    /// <param name="Balanced">What every stage of that run held of it, from the pages to the warehouse.</param>
    private sealed record Proof(string Run, string Certificate, string? Balanced);

    private sealed record TableLine(string Table, long Rows, string LastRun, string LoadedAt);

    private sealed record Status(
        IReadOnlyList<RunLine> Runs,
        IReadOnlyDictionary<string, DateTime?> Watermarks,
        IReadOnlyList<EntityLine> Entities,
        IReadOnlyList<TableLine> Tables,
        string? WarehouseProblem,
        int RequestsUsedToday,
        int RequestsPerDay,
        DateTime? KeyFirstUsedAt,
        string? KeyWarning,
        string? RollbackTo,
        WorkFolderUse WorkFolder
    )
    {
        /// <summary>Which runs the warehouse lacks; null when it holds all.</summary>
        public string? WarehouseBehind { get; init; }

        /// <summary>Null where an API key signs in.</summary>
        public SignIn? SignIn { get; init; }
    }
}
