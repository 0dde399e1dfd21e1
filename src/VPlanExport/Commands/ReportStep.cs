using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Report;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>
/// The report after a run, well or not. Whatever goes wrong with it fails no run: it is a warning. Nothing is read
/// unless it is asked for.
/// </summary>
/// <param name="file">What --report was given; null where it was not.</param>
/// <param name="mask">A text without its secrets.</param>
internal sealed class ReportStep(
    string? file,
    Func<Settings> read,
    Reporter reporter,
    TimeProvider clock,
    Func<string, string> mask
)
{
    /// <param name="failure">Null where the run ended well.</param>
    public async Task AfterAsync(Failure? failure)
    {
        var settings = Read();
        if (file is null && settings?.Report is null)
            return;
        try
        {
            await WriteAsync(settings, failure);
        }
        catch (Exception e)
        {
            var why = Failure.Of(e, CancellationToken.None).Message;
            reporter.Tell(new RunEvent.Warning($"The report could not be written: {why}"));
        }
    }

    /// <summary>Says where a report is.</summary>
    public static void Tell(Reporter reporter, string place) =>
        reporter.Show("report", new { path = place }, output => output.WriteLine($"Report: {place}"));

    private async Task WriteAsync(Settings? settings, Failure? failure)
    {
        if (settings is null)
        {
            var unread = NightFailures.Of(failure! with { Message = mask(failure.Message) }, isDutch: false);
            Tell(reporter, ReportFile.Write(file!, NightReport.WithoutSettings(unread, clock.GetUtcNow().UtcDateTime)));
            return;
        }
        var options = ReportChoices.Usual(settings, clock.GetUtcNow());
        var (html, _, problem) = await new ReportMaker(settings, clock, mask).MakeAsync(
            options,
            failure,
            CancellationToken.None
        );
        if (file is not null)
            Tell(reporter, ReportFile.Write(file, html));
        if (settings.Report is { } place)
            Tell(
                reporter,
                await ReportFile.PutAsync(place, html, options.AsOf, settings.Runs.Keep, clock, CancellationToken.None)
            );
        if (problem is not null)
            reporter.Tell(new RunEvent.Warning($"The report has no figures: {problem.Message}"));
    }

    /// <summary>Null where they cannot be read, which is why the run failed.</summary>
    private Settings? Read()
    {
        try
        {
            return read();
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }
}
