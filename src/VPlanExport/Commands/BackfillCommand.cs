using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;

namespace VPlanExport.Commands;

/// <summary>Reads a range of business dates again, or tells what that would change.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private readonly Option<string?> _from = new("--from") { Description = "First day, yyyy-MM-dd.", HelpName = "D" };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "Last day, included, yyyy-MM-dd.",
        HelpName = "D",
    };
    private readonly Option<string[]> _entity = SharedOptions.Entity();
    private readonly Option<int> _allowDeletes = SharedOptions.AllowDeletes();
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Read, and tell by table and month what would change; publish nothing.",
    };
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "A file that keeps what --dry-run tells, which this implies.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _apply = new("--apply")
    {
        Description = "Publish exactly what this plan shows, or nothing when vPlan or the sinks have changed since.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Wait for a run that holds the lock instead of failing.",
    };

    public BackfillCommand()
    {
        Command = new Command(
            "backfill",
            "Reads the rows whose business date lies in the range again and replaces them in both sinks, month "
                + "by month (time entries by start, cards and absences by start_date, schedules and capacity by date, "
                + "others by created_at). Never moves the watermark."
        )
        {
            _from,
            _to,
            _entity,
            _allowDeletes,
            _dryRun,
            _plan,
            _apply,
            _wait,
        };
        Command.Validators.Add(Validate);
    }

    public override Command Command { get; }

    public override string Example =>
        "vplan-export backfill --from 2026-10-01 --to 2026-10-31 --entity time_tracking --plan plan.json";

    public override bool HasSummary => true;

    public override bool Works => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = SharedOptions.Allowing(context.ReadSettings(), context.Parsed.GetValue(_allowDeletes));
        var backfill = new Backfill(settings, context.Parsed.GetValue(_wait), context.Clock, context.Tell);
        if (context.Parsed.GetValue(_apply) is { } file)
        {
            var plan = BackfillPlan.Read(file, settings);
            await ExportRun.BackfillAsync(
                context,
                settings,
                plan.Request,
                committed => backfill.ApplyAsync(plan, committed, cancellationToken),
                cancellationToken
            );
        }
        else if (context.Parsed.GetValue(_dryRun) || context.Parsed.GetValue(_plan) is not null)
            await TellAsync(context, settings, backfill, Request(context.Parsed), cancellationToken);
        else
        {
            var request = Request(context.Parsed);
            await ExportRun.BackfillAsync(
                context,
                settings,
                request,
                committed => backfill.RunAsync(request, committed, cancellationToken),
                cancellationToken
            );
        }
        return ExitCode.Ok;
    }

    private void Validate(CommandResult given)
    {
        if (given.GetResult(_apply) is null)
        {
            foreach (var option in new[] { _from, _to }.Where(o => given.GetResult(o) is null))
                given.AddError($"Option '{option.Name}' is missing: give --from and --to, or --apply and a plan.");
        }
        else if (
            new Option[] { _from, _to, _entity, _dryRun, _plan }.FirstOrDefault(o =>
                given.GetResult(o) is { Implicit: false }
            ) is
            { } other
        )
            given.AddError($"{other.Name} was given with --apply, which takes everything from its plan: leave it out.");
    }

    private RunRequest Request(ParseResult parsed)
    {
        var from = SharedOptions.Date("--from", parsed.GetValue(_from)!);
        var to = SharedOptions.Date("--to", parsed.GetValue(_to)!);
        if (from > to)
            throw new ConfigurationException(
                FormattableString.Invariant(
                    $"--from {from:yyyy-MM-dd} is after --to {to:yyyy-MM-dd}: give the earlier day first."
                )
            );
        foreach (
            var (option, day) in new[] { ("--from", from), ("--to", to) }.Where(day => !BusinessZone.HasKey(day.Item2))
        )
            throw new ConfigurationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option} is {day:yyyy-MM-dd}; it takes a day from {BusinessZone.FirstDate:yyyy-MM-dd} to "
                        + $"{BusinessZone.LastDate:yyyy-MM-dd}, as the calendar has them."
                )
            );
        return new RunRequest(RunKind.Backfill, SharedOptions.Names(parsed.GetValue(_entity)), from, to);
    }

    /// <summary>First what to expect, so that a range that does not fit into the day is not begun.</summary>
    private async Task TellAsync(
        CommandContext context,
        Settings settings,
        Backfill backfill,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var file = context.Parsed.GetValue(_plan);
        if (file is not null)
            BackfillPlan.CheckWritable(file);
        var cost = await CostAsync(context, settings, request, cancellationToken);
        context.Reporter.Show("dry-run", cost, output => cost.Write(output, TextTable.Write));
        if (cost.Total > cost.RequestsLeftToday)
            throw new BudgetReachedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {request} takes about {cost.Total:N0} requests, and {cost.RequestsLeftToday:N0} are "
                        + $"left today beside the {cost.KeptForNightly:N0} kept for the nightly run "
                        + $"(VPlan:RequestsPerDay). Nothing was read: give a shorter range, or run the same command "
                        + $"tomorrow (UTC)."
                )
            );
        var plan = await context.Reporter.DuringAsync(() => backfill.PlanAsync(request, cancellationToken));
        if (file is not null)
            plan.Write(file);
        var diff = BackfillDiff.Of(plan, cost.Entities.Count, file);
        context.Reporter.Show("diff", diff, output => diff.Write(output, TextTable.Write));
    }

    /// <summary>One request an entity: its count.</summary>
    private static async Task<BackfillCost> CostAsync(
        CommandContext context,
        Settings settings,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        await using (var sinks = Sinks.Open(settings, context.Clock))
            await Environments.EnsureSameAsync(settings, runs, sinks.Lake, cancellationToken);
        using var source = await VPlanSource.OpenAsync(
            settings,
            runs.Store,
            context.Clock,
            context.Tell,
            cancellationToken
        );
        source.Budget.Reserve = await RequestReserve.OfAsync(
            runs,
            settings,
            context.Clock.GetUtcNow(),
            cancellationToken
        );
        var months = request.Months().Count;
        var expected = new List<ExpectedRead>();
        foreach (var entity in Catalog.All.Where(e => request.Entities.Count == 0 || request.Entities.Contains(e.Name)))
            expected.Add(
                await CountAsync(
                    source.Extractor,
                    entity,
                    new Window.Range(request.From!.Value, request.To!.Value, settings.TimeZone),
                    months,
                    settings.VPlan.PageSize,
                    cancellationToken
                )
            );
        return new BackfillCost(request.ToString(), expected, months, source.Budget.Left, source.Budget.Reserve);
    }

    private static async Task<ExpectedRead> CountAsync(
        Extractor extractor,
        Entity entity,
        Window window,
        int months,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        if (entity.Endpoint.Per is { } per)
            return new ExpectedRead(
                entity.Name,
                entity.Endpoint.BusinessField,
                null,
                months
                    * (await extractor.CountAsync(Catalog.Named(per.Entity), new Window.Full(), cancellationToken) ?? 0)
            );
        var rows = await extractor.CountAsync(entity, window, cancellationToken);
        return new ExpectedRead(
            entity.Name,
            entity.Endpoint.BusinessField,
            rows,
            RequestsOf(entity, rows, months, pageSize)
        );
    }

    /// <summary>A page for every full limit and, each month, what is left, of the list and of the archive; nothing of
    /// what vPlan does not give.</summary>
    private static long RequestsOf(Entity entity, long? rows, int months, int pageSize) =>
        rows is { } count
            ? Math.Max(months, (count + pageSize - 1) / pageSize)
                + (entity.Endpoint.Archived == ArchivedRows.None ? 0 : months)
            : months;
}
