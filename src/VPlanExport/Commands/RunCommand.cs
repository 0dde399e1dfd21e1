using System.CommandLine;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>The nightly run.</summary>
public sealed class RunCommand : Verb
{
    private readonly Option<bool> _full = new("--full") { Description = "Read everything; what vPlan no longer has becomes is_deleted." };
    private readonly Option<bool> _sweep = new("--sweep") { Description = "Compare the ids of everything, too; what vPlan no longer has becomes is_deleted." };
    private readonly Option<string[]> _entity = RunOptions.Entity();
    private readonly Option<int> _allowDeletes = RunOptions.AllowDeletes();
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Discard an interrupted run instead of going on with it." };

    public RunCommand() =>
        Command = new Command("run", "The nightly run: reads what changed since the last one, everything the first time, and brings the lake and the warehouse up to date.") { _full, _sweep, _entity, _allowDeletes, _fresh };

    public override Command Command { get; }

    public override string Example => "vplan-export run --full --entity card --entity time_tracking";

    public override bool HasSummary => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RunRequest(Kind(context.Parsed.GetValue(_full), context.Parsed.GetValue(_sweep)), RunOptions.Names(context.Parsed.GetValue(_entity)));
        var settings = RunOptions.Allowing(context.ReadSettings(), context.Parsed.GetValue(_allowDeletes));
        await Export.RunAsync(context, settings, request, context.Parsed.GetValue(_fresh), cancellationToken);
        return ExitCode.Ok;
    }

    private static RunKind Kind(bool full, bool sweep) => (full, sweep) switch
    {
        (true, true) => throw new ConfigurationException("--full and --sweep stand together: a full run finds deletions by itself. Give one of them."),
        (true, false) => RunKind.Full,
        (false, true) => RunKind.Sweep,
        _ => RunKind.Nightly,
    };
}
