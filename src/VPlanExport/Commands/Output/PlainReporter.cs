using System.Globalization;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>Timestamped lines: a line when something begins or ends, and now and then while pages arrive.</summary>
internal sealed class PlainReporter(TextWriter output, TimeProvider clock) : Reporter
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _lastProgress = clock.GetTimestamp();

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Started e:
                    Line($"{e.Phase}: {e.Detail} ({e.RunId})");
                    break;
                case RunEvent.PagesRead e when clock.GetElapsedTime(_lastProgress) > Every:
                    _lastProgress = clock.GetTimestamp();
                    Line(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"extract: {e.Progress.Entity}: {ValueText.Count(e.Progress.Pages, "page", "pages")}, "
                                + $"{ValueText.Count(e.Progress.Rows, "row", "rows")}{ShareOf(e.Progress)}, "
                                + $"{ValueText.Count(e.Progress.RequestsLeft, "request", "requests")} left today"
                        )
                    );
                    break;
                case RunEvent.Read e:
                    Line($"extract: {e.Entity}: {e.Certificate}");
                    break;
                case RunEvent.Info e:
                    Line(e.Message);
                    break;
                case RunEvent.Warning e:
                    Line("warning: " + e.Message);
                    break;
            }
        }
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => asText(output);

    private static string ShareOf(ExtractProgress progress) =>
        progress.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $" ({share:0 %})") : "";

    private void Line(string text) =>
        output.WriteLine(clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'  ", CultureInfo.InvariantCulture) + text);
}
