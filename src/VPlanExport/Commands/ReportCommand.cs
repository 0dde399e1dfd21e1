using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Report;

namespace VPlanExport.Commands;

/// <summary>The report of the night as one HTML file.</summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly ReportChoices _choices = new();
    private readonly Option<string?> _out = new("--out")
    {
        Description =
            $"The file that is written; without it what Report:Location names, else {ReportFile.Name} in the current "
            + "folder.",
        HelpName = "FILE",
    };

    public ReportCommand() =>
        Command = new Command(
            "report",
            "Writes the report of the night as one HTML file that needs no network: the verdict, eight figures, what "
                + "needs someone, charts, and the certificate. It only reads the warehouse."
        )
        {
            _out,
            _choices.AsOf,
            _choices.Culture,
            _choices.WithoutPeople,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export report --out report.html --culture nl-NL";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        var options = _choices.Read(context.Parsed, settings, context.Clock.GetUtcNow());
        var file = context.Parsed.GetValue(_out) ?? (settings.Report is null ? ReportFile.Name : null);
        if (file is not null)
            ReportFile.EnsureWritable(_out.Name, file);
        var (html, _, problem) = await new ReportMaker(settings, context.Clock, context.Secrets.Mask).MakeAsync(
            options,
            null,
            cancellationToken
        );
        var place = file is null
            ? await PutAsync(context, settings, options, html, cancellationToken)
            : ReportFile.Write(file, html);
        ReportStep.Tell(context.Reporter, place);
        return problem is null ? ExitCode.Ok : throw problem;
    }

    private static Task<string> PutAsync(
        CommandContext context,
        Settings settings,
        ReportOptions options,
        string html,
        CancellationToken cancellationToken
    ) =>
        ReportFile.PutAsync(settings.Report!, html, options.AsOf, settings.Runs.Keep, context.Clock, cancellationToken);
}
