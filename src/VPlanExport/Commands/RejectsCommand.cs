using System.CommandLine;
using System.Globalization;
using System.Text;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Transform.Parsing;
using VPlanExport.Transform.Quality;

namespace VPlanExport.Commands;

/// <summary>The quarantine: rejected rows that no later run has accepted, and that vPlan still has as far as it is
/// known.</summary>
internal sealed class RejectsCommand : CliCommand
{
    private static readonly string[] Headings =
    [
        "entity",
        "table",
        "id",
        "row_id",
        "field",
        "value",
        "reason",
        ">rules",
        "run",
        ">page",
    ];

    private readonly Argument<string> _action = new Argument<string>("action")
    {
        Description = "list shows the rows; export writes them to a file, with their raw JSON.",
    }.AcceptOnlyFromAmong("list", "export");
    private readonly Option<string[]> _entity = SharedOptions.Entity();
    private readonly Option<string?> _run = new("--run")
    {
        Description = "Only what this run rejected.",
        HelpName = "ID",
    };
    private readonly Option<string> _format = SharedOptions.Format("table", "csv", "json");
    private readonly Option<string?> _out = new("--out")
    {
        Description =
            "export: the CSV; only its owner may read it. It is for people: it begins with a UTF-8 mark, and a "
            + "cell that a spreadsheet would take for a formula begins with an apostrophe.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _force = new("--force") { Description = "export: replaces a file that is there." };

    public RejectsCommand() =>
        Command = new Command("rejects", "The quarantine: rows that were rejected and have not been accepted since.")
        {
            _action,
            _entity,
            _run,
            _format,
            _out,
            _force,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export rejects export --entity card --out rejects.csv";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        var (action, path) = (context.Parsed.GetRequiredValue(_action), context.Parsed.GetValue(_out));
        if (action == "export" && path is null)
            throw new ConfigurationException("rejects export writes a file: name it with --out FILE.");
        var held = await HeldAsync(context, settings, cancellationToken);
        var rows = held.Select(h => h.Under(settings.PersonalData.Fingerprint))
            .SelectMany(h => h.Rows.Select(row => (h, row)))
            .ToList();
        if (action == "export")
            await ExportAsync(context, Path.GetFullPath(path!), rows);
        else
            await ListAsync(context, rows);
        return ExitCode.Ok;
    }

    private async Task<IReadOnlyList<QuarantinedRecord>> HeldAsync(
        CommandContext context,
        Settings settings,
        CancellationToken cancellationToken
    )
    {
        var (entities, runId) = (SharedOptions.Names(context.Parsed.GetValue(_entity)), context.Parsed.GetValue(_run));
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        var last = await runs.LastManifestAsync(cancellationToken);
        var held = last is null ? [] : await runs.Open(last.RunId).QuarantineAsync(cancellationToken);
        if (
            runId is not null
            && held.All(h => h.RunId != runId)
            && (await runs.AllAsync(cancellationToken)).All(r => r.RunId != runId)
        )
            throw new ConfigurationException(
                $"There is no run '{runId}' in {runs.Store.Location}. The runs are in: vplan-export status"
            );
        return
        [
            .. held.Where(h =>
                (entities.Count == 0 || entities.Contains(h.Entity)) && (runId is null || h.RunId == runId)
            ),
        ];
    }

    private async Task ListAsync(CommandContext context, List<(QuarantinedRecord Record, QuarantinedRow Row)> rows)
    {
        var format = context.Parsed.GetValue(_format)!;
        if (rows.Count > 0 || format != "table")
            await RowsText.WriteAsync(context.Output, format, Headings, rows.Select(Values));
        if (format == "table")
            Explain(context.Output, rows);
    }

    private static void Explain(TextWriter output, List<(QuarantinedRecord Record, QuarantinedRow Row)> rows)
    {
        if (rows.Count == 0)
            output.WriteLine("The quarantine is empty.");
        if (rows.Count(r => r.Record.IsDueUnder(ValueContract.Version)) is var due and > 0)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{due:N0} of them were rejected by older rules. To read them again, without a request: "
                        + $"vplan-export load"
                )
            );
    }

    private async Task ExportAsync(
        CommandContext context,
        string path,
        List<(QuarantinedRecord Record, QuarantinedRow Row)> rows
    )
    {
        await using (var file = AnswerFile.Create(path, context.Parsed.GetValue(_force)))
        await using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
            await CsvText.WriteAsync(
                text,
                [.. Headings.Select(h => h.TrimStart('>')), "raw"],
                rows.Select(r => Texts(r).Append(r.Row.Raw).Select(CsvText.Harmless).ToArray())
            );
        context.Reporter.Show(
            "rejects",
            new { path, rows = rows.Count },
            output =>
                output.WriteLine(FormattableString.Invariant($"{rows.Count:N0} rejected rows were written to {path}."))
        );
    }

    private static string[] Texts((QuarantinedRecord Record, QuarantinedRow Row) row) =>
        [.. Values(row).Select(ValueText.Text)];

    private static object?[] Values((QuarantinedRecord Record, QuarantinedRow Row) row) =>
        [
            row.Record.Entity,
            row.Row.Table,
            row.Record.Id,
            Quarantine.IdOf(row.Row),
            row.Row.Field,
            row.Row.Value,
            row.Row.Reason,
            row.Record.Rules,
            row.Record.RunId,
            row.Record.Page,
        ];
}
