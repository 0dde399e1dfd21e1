using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.PowerBi;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>The refresh of the published Power BI model after committed runs, of what they changed.</summary>
internal sealed class ModelRefreshStep(CommandContext context, Settings settings)
{
    /// <summary>After a run: a refresh that fails is a warning, for the run is committed.</summary>
    public async Task AfterAsync(IEnumerable<RunSummary> summaries, CancellationToken cancellationToken)
    {
        var runs = summaries.Where(s => s.Behind is null).Select(s => s.RunId).ToList();
        if (!settings.PowerBi.IsConfigured || runs.Count == 0)
            return;
        try
        {
            await RefreshAsync(runs, cancellationToken);
        }
        catch (SinkException e)
        {
            context.Tell(new RunEvent.Warning($"The run is committed, and Power BI does not show it yet: {e.Message}"));
        }
    }

    /// <summary>Refreshes what these runs changed.</summary>
    /// <exception cref="SinkException">It failed.</exception>
    public async Task RefreshAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken)
    {
        var objects = await ObjectsAsync(runIds, cancellationToken);
        using var http = new HttpClient();
        var place = settings.PowerBi;
        var refresh = new ModelRefresh(http, context.SignIn(), place.Address, place.Limit, context.Clock);
        var took = await context.Reporter.DuringAsync(() => refresh.RunAsync(objects, cancellationToken));
        var names = objects.Select(o => o.Partition is null ? o.Table : $"{o.Table} {o.Partition}").ToList();
        context.Reporter.Show(
            "refresh",
            new { objects = names, seconds = Math.Round(took.TotalSeconds) },
            output =>
                output.WriteLine(
                    FormattableString.Invariant(
                        $"Power BI's model was refreshed in {took.TotalSeconds:0} seconds: {string.Join(", ", names)}."
                    )
                )
        );
    }

    /// <summary>The months that a model with incremental refresh does not load again by itself.</summary>
    public static void TellMonths(CommandContext context, RunRequest request)
    {
        var months = string.Join(", ", request.Months().Select(m => FormattableString.Invariant($"{m.From:yyyy-MM}")));
        context.Reporter.Say(
            $"Power BI with incremental refresh loads only the last months again by itself. Refresh these "
                + $"months of its model: {months}."
        );
    }

    private async Task<IReadOnlyList<RefreshObject>> ObjectsAsync(
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var store = new RunStore(settings.Runs.WorkFolder, context.Clock);
        var lake = new DeltaLake(settings.Lake.Location.Open(context.Clock), context.Clock);
        var (changed, months) = (new HashSet<Table>(), new Dictionary<Table, HashSet<string?>>());
        foreach (var runId in runIds)
        {
            var manifest = await store.Open(runId).ManifestAsync(cancellationToken);
            foreach (
                var table in manifest
                    .Warehouse.Tables.Where(t => t.Inserted + t.Changed + t.Deleted > 0)
                    .Select(t => Catalog.Table(t.Table))
            )
            {
                changed.Add(table);
                if (
                    settings.PowerBi.IsIncremental
                    && ModelSource.SqlServer.IncrementalKey(table) is not null
                    && manifest.Lake.TryGetValue(table.Name, out var version)
                )
                    months[table] =
                    [
                        .. months.GetValueOrDefault(table) ?? [],
                        .. await lake.MonthsAsync(table, version, cancellationToken),
                    ];
            }
        }
        var today = DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(context.Clock.GetUtcNow(), settings.TimeZone).DateTime
        );
        return RefreshPlan.Of(
            changed,
            settings.PowerBi.IsIncremental ? t => months.GetValueOrDefault(t) ?? [] : null,
            new ModelNames(settings.PowerBi.IsDutch),
            today
        );
    }
}
