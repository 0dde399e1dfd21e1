using System.CommandLine;
using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Undoes the runs after one, without one request.</summary>
internal sealed class RollbackCommand : CliCommand
{
    private readonly Option<string> _to = new("--to")
    {
        Description = "The run to go back to: the last one that counts afterwards.",
        HelpName = "RUN",
        Required = true,
    };

    public RollbackCommand() =>
        Command = new Command(
            "rollback",
            "Takes the lake, the warehouse and the quarantine back to what they were after a committed run, as "
                + "long as the lake keeps it (Lake:RetentionDays). The next run goes on from there. No API call."
        )
        {
            _to,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export rollback --to 20261007T010000Z-1791334800";

    public override bool HasSummary => true;

    public override bool Works => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (runId, settings) = (context.Parsed.GetRequiredValue(_to), context.ReadSettings());
        var summary = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await ExportSession.OpenAsync(
                settings,
                "vplan-export rollback",
                context.Clock,
                context.Tell,
                cancellationToken
            );
            return await runner.RollbackAsync(runId, cancellationToken);
        });
        context.Reporter.Show("rollback", summary, output => Write(summary, output, TextTable.Write));
        return ExitCode.Ok;
    }

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    internal static void Write(
        RollbackSummary summary,
        TextWriter output,
        Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table
    )
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(summary.IsDone ? "Back at" : "There was nothing to undo: the last run is")} {summary.RunId}, "
                    + $"the {summary.Request} of {summary.StartedAt:yyyy-MM-dd HH:mm:ss}Z."
            )
        );
        if (summary.Undone.Count > 0)
            output.WriteLine($"Undone: {string.Join(", ", summary.Undone)}.");
        output.WriteLine(
            summary.ReadsFrom is { } from
                ? FormattableString.Invariant(
                    $"The next run reads what vPlan has changed since {from:yyyy-MM-dd HH:mm:ss}Z."
                )
                : "The next run reads everything."
        );
        output.WriteLine();
        table(output, ["table", ">rows"], summary.Tables.Select(t => new[] { t.Table, ValueText.Number(t.Rows) }));
    }
}
