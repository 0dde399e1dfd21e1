using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;

namespace VPlanExport.Commands;

/// <summary>What is asked of vPlan before a backfill begins: where its range begins and ends, and what it
/// costs.</summary>
internal sealed class BackfillQuestion : IDisposable
{
    /// <summary>Of a run that sent none, and before the first one.</summary>
    private const double UsualPace = 0.3;

    private readonly CommandContext _context;
    private readonly Settings _settings;
    private readonly RunStore _runs;
    private readonly VPlanSource _source;

    private BackfillQuestion(CommandContext context, Settings settings, RunStore runs, VPlanSource source) =>
        (_context, _settings, _runs, _source) = (context, settings, runs, source);

    /// <summary>Requests that were sent for it.</summary>
    public int Requests { get; private set; }

    public static async Task<BackfillQuestion> OpenAsync(
        CommandContext context,
        Settings settings,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        await using (var sinks = Sinks.Open(settings, context.Clock))
            await Environments.EnsureSameAsync(settings, runs, sinks.Lake, cancellationToken);
        var source = await VPlanSource.OpenAsync(settings, runs.Store, context.Clock, context.Tell, cancellationToken);
        source.Budget.Reserve = await RequestReserve.OfAsync(
            runs,
            settings,
            context.Clock.GetUtcNow(),
            cancellationToken
        );
        return new BackfillQuestion(context, settings, runs, source);
    }

    /// <summary>The part of the range that there is something to read of, which is told; null when there is
    /// nothing.</summary>
    public async Task<RunRequest?> CutAsync(RunRequest request, CancellationToken cancellationToken)
    {
        await using var sinks = Sinks.Open(_settings, _context.Clock);
        var before = _source.Budget.Left;
        var cut = await new BackfillRange(_source.Extractor, sinks.Baseline, _settings.TimeZone).CutAsync(
            request,
            cancellationToken
        );
        Requests += before - _source.Budget.Left;
        if (cut is null)
            _context.Reporter.Say($"Nothing differs: neither vPlan nor the lake has rows of the {request}.");
        else if (cut != request)
            _context.Reporter.Say(
                $"The {request} becomes the {cut}: neither vPlan nor the lake has rows of its other months."
            );
        return cut;
    }

    /// <summary>One request an entity: its count.</summary>
    public async Task<BackfillCost> CostAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var months = request.Months().Count;
        var expected = new List<ExpectedRead>();
        foreach (var entity in Catalog.All.Where(e => request.IsAbout(e.Name)))
            expected.Add(
                await CountAsync(
                    _source.Extractor,
                    entity,
                    new Window.Range(request.From!.Value, request.To!.Value, _settings.TimeZone),
                    months,
                    _settings.VPlan.PageSize,
                    cancellationToken
                )
            );
        Requests += expected.Count;
        return new BackfillCost(request.ToString(), expected, months, _source.Budget.Left, _source.Budget.Reserve)
        {
            SecondsARequest = await PaceAsync(cancellationToken),
        };
    }

    private static async Task<ExpectedRead> CountAsync(
        Extractor extractor,
        Entity entity,
        Window window,
        int months,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        if (entity.Endpoint.Per is { } per)
            return new ExpectedRead(
                entity.Name,
                entity.Endpoint.BusinessField,
                null,
                months
                    * (await extractor.CountAsync(Catalog.Named(per.Entity), new Window.Full(), cancellationToken) ?? 0)
            );
        var rows = await extractor.CountAsync(entity, window, cancellationToken);
        return new ExpectedRead(
            entity.Name,
            entity.Endpoint.BusinessField,
            rows,
            RequestsOf(entity, rows, months, pageSize)
        );
    }

    /// <summary>A page for every full limit and, each month, what is left, of the list and of the archive; nothing of
    /// what vPlan does not give.</summary>
    private static long RequestsOf(Entity entity, long? rows, int months, int pageSize) =>
        rows is { } count
            ? Math.Max(months, (count + pageSize - 1) / pageSize)
                + (entity.Endpoint.Archived == ArchivedRows.None ? 0 : months)
            : months;

    /// <summary>Seconds from one request to the next in the run that was committed last.</summary>
    private async Task<double> PaceAsync(CancellationToken cancellationToken) =>
        await _runs.LastManifestAsync(cancellationToken) is { Requests: > 0 } last
            ? (last.FinishedAt - last.StartedAt).TotalSeconds / last.Requests
            : UsualPace;

    public void Dispose() => _source.Dispose();
}
