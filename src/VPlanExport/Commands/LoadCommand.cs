using System.CommandLine;
using System.Globalization;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Applies landed runs again, without one request.</summary>
internal sealed class LoadCommand : CliCommand
{
    private readonly Option<string?> _run = new("--run") { Description = "Only up to this run.", HelpName = "ID" };
    private readonly Option<bool> _all = new("--all")
    {
        Description =
            "Every run that a sink does not have, which is also what load does without --run: rebuilds a sink "
            + "that was removed.",
    };
    private readonly Option<string?> _only = new Option<string?>("--only")
    {
        Description = "Only this sink.",
    }.AcceptOnlyFromAmong("lake", "warehouse");

    public LoadCommand() =>
        Command = new Command(
            "load",
            "Applies landed runs, in order, to the lake and the warehouse; a run that is already there changes "
                + "nothing. Then reads rejected rows again where the rules have changed since. No API call."
        )
        {
            _run,
            _all,
            _only,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export load --all --only warehouse";

    public override bool HasSummary => true;

    public override bool Works => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (runId, all) = (context.Parsed.GetValue(_run), context.Parsed.GetValue(_all));
        if (runId is not null && all)
            throw new ConfigurationException($"--run {runId} and --all were both given: use one of them.");
        SinkKind? only = context.Parsed.GetValue(_only) switch
        {
            "lake" => SinkKind.Lake,
            "warehouse" => SinkKind.Warehouse,
            _ => null,
        };
        var settings = context.ReadSettings();
        var (applied, replay) = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await ExportSession.OpenAsync(
                settings,
                "vplan-export load",
                context.Clock,
                context.Tell,
                cancellationToken
            );
            return (
                await runner.CatchUpAsync(runId, only, cancellationToken),
                runId is null && only is null ? await runner.ReplayAsync(cancellationToken) : null
            );
        });
        foreach (var (run, load) in applied)
            context.Reporter.Show(
                "applied",
                new AppliedRun(run, load),
                output => output.WriteLine($"{run}: applied{Counts(load)}.")
            );
        if (replay is not null)
        {
            context.Reporter.Show(replay);
            ExportRun.RefuseBehind([replay]);
        }
        else if (applied.Count == 0)
            context.Reporter.Say("Nothing to apply: the sinks already hold it.");
        return ExitCode.Ok;
    }

    private static string Counts(LoadResult? load) =>
        load is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", {load.Tables.Sum(t => t.Inserted + t.Changed):N0} rows written, "
                    + $"{load.Tables.Sum(t => t.Deleted):N0} marked deleted in the warehouse"
            );
}

/// <param name="Load">What it brought to the warehouse; null when only the lake did not have it.</param>
internal sealed record AppliedRun(string Run, LoadResult? Load);
