using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;

namespace VPlanExport.Commands;

/// <summary>The nightly run.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly Option<bool> _full = new("--full")
    {
        Description = "Read everything; what vPlan no longer has becomes is_deleted.",
    };
    private readonly Option<bool> _sweep = new("--sweep")
    {
        Description = "Compare the ids of everything, too; what vPlan no longer has becomes is_deleted.",
    };
    private readonly Option<string[]> _entity = SharedOptions.Entity();
    private readonly Option<int> _allowDeletes = SharedOptions.AllowDeletes();
    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Discard an interrupted run instead of going on with it.",
    };

    public RunCommand() =>
        Command = new Command(
            "run",
            "The nightly run: reads what changed since the last one, everything the first time, and brings the "
                + "lake and the warehouse up to date."
        )
        {
            _full,
            _sweep,
            _entity,
            _allowDeletes,
            _fresh,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export run --full --entity card --entity time_tracking";

    public override bool HasSummary => true;

    public override bool HasReport => true;

    public override bool Works => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RunRequest(
            Kind(context.Parsed.GetValue(_full), context.Parsed.GetValue(_sweep)),
            SharedOptions.Names(context.Parsed.GetValue(_entity))
        );
        var settings = SharedOptions.Allowing(context.ReadSettings(), context.Parsed.GetValue(_allowDeletes));
        context.Tell(new RunEvent.Info($"{UsedPlaces.Of(settings, context.Clock)}"));
        await ExportRun.RunAsync(
            context,
            settings,
            request,
            context.Parsed.GetValue(_fresh),
            context.Reporter.Show,
            cancellationToken
        );
        return ExitCode.Ok;
    }

    private static RunKind Kind(bool full, bool sweep) =>
        (full, sweep) switch
        {
            (true, true) => throw new ConfigurationException(
                "--full and --sweep stand together: a full run finds deletions by itself. Give one of them."
            ),
            (true, false) => RunKind.Full,
            (false, true) => RunKind.Sweep,
            _ => RunKind.Nightly,
        };
}

/// <summary>Runs requests under the chosen display and shows each summary.</summary>
internal static class ExportRun
{
    /// <summary>Waits for a backfill that holds the lock: an analyst's work never costs a night.</summary>
    /// <param name="show">Given the summary of each run that was committed.</param>
    public static async Task RunAsync(
        CommandContext context,
        Settings settings,
        RunRequest request,
        bool fresh,
        Action<RunSummary> show,
        CancellationToken cancellationToken
    )
    {
        var summaries = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await ExportSession.OpenAsync(
                settings,
                "vplan-export run",
                context.Clock,
                context.Tell,
                command => command == Backfill.Command,
                cancellationToken
            );
            return await runner.RunAsync(request, fresh, cancellationToken);
        });
        foreach (var summary in summaries)
            show(summary);
        RefuseBehind(summaries);
        await new ModelRefreshStep(context, settings).AfterAsync(summaries, cancellationToken);
    }

    /// <exception cref="SinkException">The warehouse does not hold the last run yet; everything else is
    /// done.</exception>
    public static void RefuseBehind(IEnumerable<RunSummary> summaries)
    {
        if (summaries.LastOrDefault()?.Behind is { } behind)
            throw new SinkException(behind);
    }

    /// <summary>Runs a backfill; the months that were committed are shown whether it comes to its end or not.</summary>
    /// <param name="work">Told where to put the summaries.</param>
    public static async Task BackfillAsync(
        CommandContext context,
        Settings settings,
        RunRequest request,
        Func<Action<RunSummary>, Task> work,
        CancellationToken cancellationToken
    )
    {
        var summaries = new List<RunSummary>();
        try
        {
            await context.Reporter.DuringAsync(async () =>
            {
                await work(summaries.Add);
                return true;
            });
        }
        finally
        {
            foreach (var summary in summaries)
                context.Reporter.Show(summary);
        }
        RefuseBehind(summaries);
        ModelRefreshStep.TellMonths(context, request);
        await new ModelRefreshStep(context, settings).AfterAsync(summaries, cancellationToken);
    }
}
