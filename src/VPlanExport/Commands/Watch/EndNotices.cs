using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>Which notices and heartbeats a start sends: one notice for each end, and one for each start that
/// died.</summary>
/// <param name="earlier">The newest starts before this one, the newest first.</param>
internal sealed class EndNotices(
    NotifySettings settings,
    string command,
    IReadOnlyList<Start> earlier,
    TimeProvider clock
)
{
    private const int WarningsTold = 5;

    private readonly List<Task<string?>> _begun = [];
    private readonly Notifier _notifier = new(settings, clock);

    private bool Beats => _notifier.Beats && command == "run";

    /// <summary>Does not wait for an answer.</summary>
    /// <param name="dead">Starts whose processes died: nobody has told of them yet.</param>
    public void Begin(IReadOnlyList<Start> dead)
    {
        if (Beats)
            _begun.Add(_notifier.BeatAsync("/start"));
        if (_notifier.Sends("failed"))
            _begun.AddRange(dead.Select(start => _notifier.SendAsync(Died(start))));
    }

    /// <returns>The events that were sent, and why something could not be.</returns>
    public async Task<(IReadOnlyList<string> Sent, IReadOnlyList<string> Faults)> EndAsync(
        Start ended,
        Failure? failure
    )
    {
        using (_notifier)
        {
            var (sent, faults) = (new List<string>(), (await Task.WhenAll(_begun)).OfType<string>().ToList());
            var notice = EventOf(ended, failure) is { } happened ? NoticeOf(happened, ended, failure) : null;
            var ends = new List<Task<string?>>();
            if (notice is not null)
                ends.Add(_notifier.SendAsync(notice));
            if (Beats)
                ends.Add(_notifier.BeatAsync(failure is null ? "" : "/fail"));
            faults.AddRange((await Task.WhenAll(ends)).OfType<string>());
            if (notice is not null && await ends[0] is null)
                sent.Add(notice.Event);
            return (sent, faults);
        }
    }

    /// <summary>The first event that the end is and that is to be sent; null for none.</summary>
    private string? EventOf(Start ended, Failure? failure)
    {
        string?[] events = failure is not null
            ? ["failed"]
            : [FailedBefore > 0 ? "recovered" : null, ended.Warnings.Count > 0 ? "warning" : null, "succeeded"];
        return events.FirstOrDefault(e => e is not null && _notifier.Sends(e));
    }

    /// <summary>Starts of the command that failed or died since its last good one.</summary>
    private int FailedBefore =>
        earlier.Where(s => s.Command == command && !s.IsRunning).TakeWhile(s => s.ExitCode != 0).Count();

    private Notice NoticeOf(string happened, Start ended, Failure? failure) =>
        new(
            happened,
            ended.Environment,
            ended.RunId,
            ended.ExitCode ?? 0,
            happened switch
            {
                "failed" => ended.Message ?? "",
                "recovered" => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Start.Program} {command} succeeded again after {FailedBefore} failed "
                        + $"{(FailedBefore == 1 ? "attempt" : "attempts")}.{Warnings(ended)}"
                ),
                _ => $"{Start.Program} {command} succeeded.{Warnings(ended)}",
            },
            failure is not null ? ExitCodeAdvice.Of(failure.Code).Advice
                : ended.Warnings.Count > 0 ? "look at the warnings; the log has all of them"
                : "",
            ended.EndedAt!.Value
        );

    private static string Warnings(Start ended) =>
        string.Concat(ended.Warnings.Distinct().Take(WarningsTold).Select(w => $" Warning: {w}"));

    private static Notice Died(Start start) =>
        new(
            "failed",
            start.Environment,
            start.RunId,
            Start.Stopped,
            FormattableString.Invariant(
                $"{start}, which began at {start.StartedAt:yyyy-MM-dd HH:mm:ss}Z, was interrupted while {start.Doing}: "
            ) + "its process died. The next start has begun.",
            ExitCodeAdvice.Of((ExitCode)Start.Stopped).Advice,
            start.StartedAt
        );
}
