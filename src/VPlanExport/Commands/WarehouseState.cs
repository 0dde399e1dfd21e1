using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Report;
using VPlanExport.Runs;
using VPlanExport.Warehouse;

namespace VPlanExport.Commands;

/// <summary>What <c>status</c> is told by the warehouse.</summary>
/// <param name="Position">The last run that it holds.</param>
/// <param name="Problem">Why it cannot be asked; null where it can.</param>
internal sealed record WarehouseState(
    IReadOnlyList<TableLine> Tables,
    IReadOnlyList<Figure> Figures,
    long? Position,
    string? Problem
)
{
    public static readonly WarehouseState None = new([], [], null, null);

    /// <summary>Why it has no figures; null where it has.</summary>
    public string? FiguresProblem { get; init; }

    /// <summary>A warehouse that is not there or that a run holds open is no reason to hide the rest.</summary>
    public static async Task<WarehouseState> ReadAsync(
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var warehouse = settings.Warehouse.Open(clock);
            var tables = await warehouse.FreshnessAsync(cancellationToken);
            var position = await warehouse.LastSequenceAsync(cancellationToken);
            var state = new WarehouseState([.. tables.Select(Line)], [], position, null);
            return await state.WithFiguresAsync(warehouse, settings, clock, cancellationToken);
        }
        catch (ExportException e)
        {
            return None with { Problem = e.Message };
        }
    }

    /// <summary>The figures of today.</summary>
    private async Task<WarehouseState> WithFiguresAsync(
        IWarehouse warehouse,
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var today = new Period(ReportChoices.Today(settings, clock.GetUtcNow()));
        try
        {
            return this with
            {
                Figures = await warehouse.AskAsync(
                    session =>
                    {
                        var ask = new Questions(session, settings.Warehouse.Kind);
                        return Report.Figures.Read(ask, today, settings.TimeZone, TableProof.Read(ask));
                    },
                    cancellationToken
                ),
            };
        }
        catch (ExportException e)
        {
            return this with { FiguresProblem = e.Message };
        }
    }

    private static TableLine Line(TableFreshness table) =>
        new(table.Table, table.LiveRows, ValueText.Text(table.LastRunId), ValueText.Text(table.LoadedAt));
}
