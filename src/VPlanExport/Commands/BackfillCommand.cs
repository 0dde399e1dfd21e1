using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extractors;
using VPlanExport.Model;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Reads a range of business dates again.</summary>
public sealed class BackfillCommand : Verb
{
    private readonly Option<string> _from = new("--from") { Description = "First day, yyyy-MM-dd.", HelpName = "D", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "Last day, included, yyyy-MM-dd.", HelpName = "D", Required = true };
    private readonly Option<string[]> _entity = RunOptions.Entity();
    private readonly Option<int> _allowDeletes = RunOptions.AllowDeletes();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell how many requests and rows to expect." };

    public BackfillCommand() =>
        Command = new Command("backfill", "Reads the rows whose business date lies in the range again and replaces them in both sinks (time entries by start, cards and absences by start_date, schedules and capacity by date, others by created_at). Never moves the watermark.") { _from, _to, _entity, _allowDeletes, _dryRun };

    public override Command Command { get; }

    public override string Example => "vplan-export backfill --from 2026-10-01 --to 2026-10-31 --entity time_tracking --dry-run";

    public override bool HasSummary => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var from = RunOptions.Date("--from", context.Parsed.GetRequiredValue(_from));
        var to = RunOptions.Date("--to", context.Parsed.GetRequiredValue(_to));
        if (from > to)
            throw new ConfigurationException(FormattableString.Invariant($"--from {from:yyyy-MM-dd} is after --to {to:yyyy-MM-dd}: give the earlier day first."));
        var request = new RunRequest(RunKind.Backfill, RunOptions.Names(context.Parsed.GetValue(_entity)), from, to);
        var settings = RunOptions.Allowing(context.ReadSettings(), context.Parsed.GetValue(_allowDeletes));
        if (!context.Parsed.GetValue(_dryRun))
            await Export.RunAsync(context, settings, request, fresh: false, cancellationToken);
        else
            await TellAsync(context, settings, request, cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>One request an entity: its count.</summary>
    private static async Task TellAsync(CommandContext context, Settings settings, RunRequest request, CancellationToken cancellationToken)
    {
        using var source = await RunSource.OpenAsync(settings, settings.Runs.WorkFolder.Open(context.Clock), context.Clock, context.Reporter.Tell, cancellationToken);
        var window = new Window.Range(request.From!.Value, request.To!.Value, settings.TimeZone);
        var expected = new List<ExpectedRead>();
        foreach (var entity in Catalog.All.Where(e => request.Entities.Count == 0 || request.Entities.Contains(e.Name)))
        {
            expected.Add(entity.Endpoint.Per is { } per
                ? new ExpectedRead(entity.Name, entity.Endpoint.BusinessField, null, await source.Extractor.CountAsync(Catalog.Named(per.Entity), new Window.Full(), cancellationToken) ?? 0)
                : await CountAsync(source.Extractor, entity, window, settings.VPlan.PageSize, cancellationToken));
        }
        var plan = new BackfillPlan(request.ToString(), expected, source.Budget.Left);
        context.Reporter.Show("dry-run", plan, output => plan.Write(output, TextTable.Write));
    }

    private static async Task<ExpectedRead> CountAsync(Extractor extractor, Entity entity, Window window, int pageSize, CancellationToken cancellationToken)
    {
        var rows = await extractor.CountAsync(entity, window, cancellationToken);
        return new ExpectedRead(entity.Name, entity.Endpoint.BusinessField, rows, RequestsOf(entity, rows, pageSize));
    }

    /// <summary>A page for every full limit and what is left, of the list and of the archive; nothing of what vPlan does not give.</summary>
    private static long RequestsOf(Entity entity, long? rows, int pageSize) => rows is { } count
        ? Math.Max(1, (count + pageSize - 1) / pageSize) + (entity.Endpoint.Archived == ArchivedRows.None ? 0 : 1)
        : 1;
}
