using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
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
    private const int Much = 500;

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
    private readonly Option<string?> _rows = new("--rows")
    {
        Description =
            "A CSV for its owner alone that lists what would be added, changed and gone: table, id, name, column, old "
            + "and new value. Implies --dry-run.",
        HelpName = "FILE.csv",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = $"On a terminal: do not ask before a backfill of more than {Much} requests.",
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
            _rows,
            _apply,
            _yes,
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
        if (context.Parsed.GetValue(_apply) is { } file)
            await ApplyAsync(context, settings, BackfillPlan.Read(file, settings), cancellationToken);
        else if (new Option[] { _dryRun, _plan, _rows }.Any(o => context.Parsed.GetResult(o) is { Implicit: false }))
            await TellAsync(context, settings, Request(context.Parsed), cancellationToken);
        else
            await RunAsync(context, settings, Request(context.Parsed), cancellationToken);
        return ExitCode.Ok;
    }

    private async Task ApplyAsync(
        CommandContext context,
        Settings settings,
        BackfillPlan plan,
        CancellationToken cancellationToken
    )
    {
        if (plan.IsEmpty)
        {
            context.Reporter.Say($"Nothing differs in the plan of the {plan.Request}, so there is nothing to publish.");
            return;
        }
        var backfill = Open(context, settings);
        await ExportRun.BackfillAsync(
            context,
            settings,
            plan.Request,
            committed => backfill.ApplyAsync(plan, committed, cancellationToken),
            cancellationToken
        );
    }

    private async Task RunAsync(
        CommandContext context,
        Settings settings,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        if (await WantedAsync(context, settings, request, cancellationToken) is not { } cut)
            return;
        var backfill = Open(context, settings, within: cut);
        await ExportRun.BackfillAsync(
            context,
            settings,
            request,
            committed => backfill.RunAsync(request, committed, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>The part of the range that there is something to read of, once a person has agreed to what it costs;
    /// null when there is nothing.</summary>
    /// <exception cref="RefusedException">The person did not agree.</exception>
    private async Task<RunRequest?> WantedAsync(
        CommandContext context,
        Settings settings,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var terminal = context.Parsed.GetValue(_yes) ? null : context.Terminal;
        if (terminal is null && BackfillRange.IsShort(request))
            return request;
        using var asked = await BackfillQuestion.OpenAsync(context, settings, cancellationToken);
        var cut = await asked.CutAsync(request, cancellationToken);
        if (
            cut is not null
            && terminal is not null
            && !await MayAsync(terminal, await CostAsync(asked, context, cut, cancellationToken), cancellationToken)
        )
            throw new RefusedException("Nothing was read, because the backfill was not wanted after all.");
        return cut;
    }

    /// <summary>A small one is begun at once.</summary>
    private static async Task<bool> MayAsync(
        IAnsiConsole terminal,
        BackfillCost cost,
        CancellationToken cancellationToken
    ) =>
        cost.AtMost <= Much
        || await new ConfirmationPrompt("Begin?") { DefaultValue = false }.ShowAsync(terminal, cancellationToken);

    private static async Task<BackfillCost> CostAsync(
        BackfillQuestion asked,
        CommandContext context,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var cost = await asked.CostAsync(request, cancellationToken);
        context.Reporter.Show("dry-run", cost, output => cost.Write(output, TextTable.Write));
        return cost;
    }

    private Backfill Open(
        CommandContext context,
        Settings settings,
        RunRequest? within = null,
        Action<DiffRow>? tellRow = null
    ) =>
        new(settings, context.Parsed.GetValue(_wait), context.Clock, context.Tell)
        {
            Within = within,
            TellRow = tellRow,
        };

    private void Validate(CommandResult given)
    {
        if (given.GetResult(_apply) is null)
        {
            foreach (var option in new[] { _from, _to }.Where(o => given.GetResult(o) is null))
                given.AddError($"Option '{option.Name}' is missing: give --from and --to, or --apply and a plan.");
        }
        else if (
            new Option[] { _from, _to, _entity, _dryRun, _plan, _rows }.FirstOrDefault(o =>
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
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var file = context.Parsed.GetValue(_plan);
        if (file is not null)
            BackfillPlan.CheckWritable(file);
        using var rows = context.Parsed.GetValue(_rows) is { } list ? DiffRowsFile.Open(list) : null;
        using var asked = await BackfillQuestion.OpenAsync(context, settings, cancellationToken);
        if (await asked.CutAsync(request, cancellationToken) is not { } cut)
            return;
        var cost = await CostAsync(asked, context, cut, cancellationToken);
        if (cost.Total > cost.RequestsLeftToday)
            throw new BudgetReachedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {cut} takes about {cost.Total:N0} requests, and {cost.RequestsLeftToday:N0} are "
                        + $"left today beside the {cost.KeptForNightly:N0} kept for the nightly run "
                        + $"(VPlan:RequestsPerDay). Nothing was read: give a shorter range, or run the same command "
                        + $"tomorrow (UTC)."
                )
            );
        var backfill = Open(context, settings, tellRow: rows is null ? null : rows.Add);
        var plan = await context.Reporter.DuringAsync(() => backfill.PlanAsync(cut, cancellationToken));
        if (file is not null)
            plan.Write(file);
        var diff = BackfillDiff.Of(plan, asked.Requests, file) with { Rows = rows?.Path, First = rows?.First ?? [] };
        context.Reporter.Show("diff", diff, output => diff.Write(output, TextTable.Write));
    }
}
