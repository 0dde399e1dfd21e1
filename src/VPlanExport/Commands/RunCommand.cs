using System.CommandLine;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>The nightly run.</summary>
public sealed class RunCommand : Verb
{
    private readonly Option<bool> _full = new("--full") { Description = "Read everything; what vPlan no longer has becomes is_deleted." };
    private readonly Option<string[]> _entity = RunOptions.Entity();
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Discard an interrupted run instead of going on with it." };

    public RunCommand() =>
        Command = new Command("run", "The nightly run: reads what changed since the last one, everything the first time, and brings the lake and the warehouse up to date.") { _full, _entity, _fresh };

    public override Command Command { get; }

    public override string Example => "vplan-export run --full --entity card --entity time_tracking";

    public override bool HasSummary => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new RunRequest(context.Parsed.GetValue(_full) ? RunKind.Full : RunKind.Nightly, RunOptions.Names(context.Parsed.GetValue(_entity)));
        await Export.RunAsync(context, context.ReadSettings(), request, context.Parsed.GetValue(_fresh), cancellationToken);
        return ExitCode.Ok;
    }
}
