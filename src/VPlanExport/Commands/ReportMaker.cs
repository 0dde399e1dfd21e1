using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Report;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;
using VPlanExport.Warehouse;

namespace VPlanExport.Commands;

/// <summary>Makes the report of a night: the verdict of the work folder's journal, the rest of the warehouse.</summary>
/// <param name="mask">A text without its secrets: a page outlives the run and goes far.</param>
internal sealed class ReportMaker(Settings settings, TimeProvider clock, Func<string, string> mask)
{
    private const int LastStarts = 20;

    /// <param name="failure">How the run that asks for it failed; null where none does, or where it did not.</param>
    /// <returns>The page, its figures, and why the warehouse could not be asked; null where it could.</returns>
    public async Task<(string Html, IReadOnlyList<Figure> Figures, ExportException? Problem)> MakeAsync(
        ReportOptions options,
        Failure? failure,
        CancellationToken cancellationToken
    )
    {
        var now = Now(options);
        await using var warehouse = settings.Warehouse.Open(clock);
        var verdict = await VerdictAsync(warehouse, options, failure, now, cancellationToken);
        var report = new NightReport(settings, options, verdict, now);
        try
        {
            var (html, figures) = await warehouse.AskAsync(
                session => report.Of(session, warehouse.Location),
                cancellationToken
            );
            return (html, figures, null);
        }
        catch (ExportException e)
        {
            var isNew = e is ConfigurationException && verdict.Good is null;
            var without =
                isNew || verdict.Failure is not null
                    ? verdict
                    : new ReportVerdict(
                        ReportState.Failed,
                        verdict.Good,
                        NightFailures.Of(new Failure(e.ExitCode, mask(e.Message)), options.IsDutch)
                    );
            return ((report with { Verdict = without }).WithoutData(), [], isNew ? null : e);
        }
    }

    /// <summary>The clock's time of the day, on the day that the report is of.</summary>
    private DateTime Now(ReportOptions options)
    {
        var now = clock.GetUtcNow();
        return now.UtcDateTime.AddDays(options.AsOf.DayNumber - ReportChoices.Today(settings, now).DayNumber);
    }

    /// <summary>What still works, such as the run that asks for the report, decides nothing.</summary>
    private async Task<ReportVerdict> VerdictAsync(
        IWarehouse warehouse,
        ReportOptions options,
        Failure? failure,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, clock);
        var good = await GoodRun.LastAsync(runs, cancellationToken);
        var starts = await new StartJournal(runs.Store, clock).NewestAsync(
            good?.EndedAt,
            LastStarts,
            cancellationToken
        );
        var ended = starts.Where(s => !s.IsRunning).ToList();
        var position = await PositionAsync(warehouse, cancellationToken);
        var behind = await StatusCommand.BehindAsync(runs, position, cancellationToken);
        var verdict = Verdict.Of(good, ended, null, behind is not null, Verdict.UsualMaxAge, now);
        return ReportVerdict.Of(
            verdict,
            (failure ?? FailureOf(verdict)) is { } failed
                ? NightFailures.Of(failed with { Message = mask(failed.Message) }, options.IsDutch)
                : null
        );
    }

    private static async Task<long?> PositionAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        try
        {
            return await warehouse.LastSequenceAsync(cancellationToken);
        }
        catch (ExportException)
        {
            return null;
        }
    }

    private static Failure? FailureOf(Verdict verdict) =>
        verdict.State switch
        {
            VerdictState.Failed => new Failure((ExitCode)verdict.Last!.ExitCode!.Value, verdict.Last.Message ?? ""),
            VerdictState.Interrupted => new Failure(
                Failure.Stopped,
                $"{verdict.Last!.Command} was interrupted while {verdict.Last.Doing}."
            ),
            _ => null,
        };
}
