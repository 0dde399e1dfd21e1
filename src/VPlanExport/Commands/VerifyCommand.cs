using System.CommandLine;
using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Do vPlan, the lake and the warehouse hold the same?</summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Option<string[]> _entity = SharedOptions.Entity();
    private readonly Option<bool> _rows = new("--rows")
    {
        Description = "Also list the rows that differ: their keys and columns, the first hundred of a table.",
    };

    public VerifyCommand() =>
        Command = new Command(
            "verify",
            "Compares vPlan's counts with the lake, and the lake with the warehouse: rows, keys, minutes, hours "
                + "and every value of every table. Two to five requests an entity. Changes nothing. Exit code 0 only "
                + "when nothing differs."
        )
        {
            _entity,
            _rows,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export verify --entity time_tracking --rows";

    public override bool HasSummary => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (settings, names) = (context.ReadSettings(), SharedOptions.Names(context.Parsed.GetValue(_entity)));
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        await using var only = await RunLock.AcquireAsync(
            runs.Store,
            "vplan-export verify",
            context.Clock,
            cancellationToken
        );
        if (await Rollback.PendingAsync(runs.Store, cancellationToken) is { } run)
            throw new ConfigurationException(
                $"A rollback to run {run} was interrupted, so lake and warehouse are not the same yet. Finish it "
                    + "first: vplan-export load"
            );
        var last =
            await runs.LastManifestAsync(cancellationToken)
            ?? throw new ConfigurationException(
                $"There is no committed run in {runs.Store.Location}, so there is nothing to verify. Start one "
                    + "with: vplan-export run"
            );
        using var source = await VPlanSource.OpenAsync(
            settings,
            runs.Store,
            context.Clock,
            context.Reporter.Tell,
            cancellationToken
        );
        await using var sinks = Sinks.Open(settings, context.Clock);
        await Environments.EnsureSameAsync(settings, runs, sinks.Lake, cancellationToken);
        if (
            await sinks.PositionAsync(SinkKind.Warehouse, cancellationToken) is > 0 and var position
            && position < last.Sequence
        )
            throw new SinkException(
                $"The warehouse {sinks.Warehouse.Location} is behind: it lacks run {last.RunId}, so it cannot be "
                    + "compared yet. Load the run first: vplan-export load"
            );
        sinks.EnsureBoth();
        List<Entity> entities = [.. Catalog.All.Where(e => names.Count == 0 || names.Contains(e.Name))];
        var verification = await Verification.MakeAsync(
            entities,
            last,
            runs,
            sinks,
            source.Extractor,
            context.Parsed.GetValue(_rows),
            cancellationToken
        );
        context.Reporter.Show("verification", verification, output => Write(verification, output));
        return verification.Differences is { Count: > 0 } differences
            ? throw new ReconciliationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{differences.Count} {(differences.Count == 1 ? "thing differs" : "things differ")}. "
                        + $"{string.Join(". ", differences)}."
                )
            )
            : ExitCode.Ok;
    }

    private static void Write(Verification verification, TextWriter output)
    {
        output.WriteLine($"After run {verification.RunId}:");
        output.WriteLine();
        TextTable.Write(
            output,
            ["entity", "made before", ">as deleted", ">vPlan", ">lake", ">quarantine", "result"],
            verification.Entities.Select(e =>
                new[]
                {
                    e.Entity,
                    ValueText.Text(e.ReadAt),
                    ValueText.Number(e.Deleted),
                    e.InVPlan is { } count ? ValueText.Number(count) : "not counted",
                    ValueText.Number(e.InLake),
                    ValueText.Number(e.Held),
                    Result(e.Difference),
                }
            )
        );
        output.WriteLine();
        TextTable.Write(
            output,
            ["table", "lake", "warehouse", "content", "result"],
            verification.Tables.Select(t =>
                new[] { t.Table, t.Lake.ToString(), t.Warehouse.ToString(), t.Content, Result(t.Difference) }
            )
        );
        foreach (var table in verification.Tables)
        {
            if (table.DifferentRows is { } rows)
                Write(table.Table, rows, output);
        }
    }

    private static void Write(string table, RowDifferences rows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            FormattableString.Invariant($"{table}: {rows.Count:N0} rows differ")
                + (
                    rows.Count > rows.First.Count
                        ? FormattableString.Invariant($", the first {rows.First.Count:N0} of them")
                        : ""
                )
        );
        TextTable.Write(
            output,
            [">key", "month", "in the warehouse", "columns"],
            rows.First.Select(r =>
                new[]
                {
                    r.Key.ToString(CultureInfo.InvariantCulture),
                    r.Month,
                    r.Difference,
                    string.Join(", ", r.Columns),
                }
            )
        );
    }

    private static string Result(string? difference) => difference is null ? "same" : "DIFFERS";
}
