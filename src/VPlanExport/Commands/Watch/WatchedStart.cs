using System.Threading.Channels;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>
/// The start of a command that works: it leaves a trace in the work folder whatever becomes of it, and its end is sent
/// to its watchers. Neither stops nor fails the command.
/// </summary>
internal sealed class WatchedStart
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Trace _trace;
    private readonly StartLog _log;
    private readonly EndNotices _notices;
    private readonly Telemetry _telemetry;
    private readonly Task _writing;
    private SinkException? _fault;

    private WatchedStart(
        Trace trace,
        WatchSettings settings,
        Reporter shown,
        TimeProvider clock,
        Func<string, string> mask
    )
    {
        (_trace, _fault, _clock, _began) = (trace, trace.Fault, clock, clock.GetTimestamp());
        _log = new StartLog(trace.Start, shown, clock, mask, () => _changes.Writer.TryWrite(true));
        _log.Note($"{trace.Start} begins in {Directory.GetCurrentDirectory()}.");
        _notices = new EndNotices(settings.Notify, trace.Start.Command, trace.Earlier, clock);
        _notices.Begin(trace.Dead);
        _telemetry = new Telemetry(trace.Start.Command, clock, mask, Warn);
        _log.Observer = _telemetry.Observe;
        _writing = WriteChangesAsync();
    }

    /// <summary>Shows and keeps what is told from here on.</summary>
    public Reporter Reporter => _log;

    /// <param name="command">The command's name.</param>
    /// <param name="mask">A text without its secrets.</param>
    public static async Task<WatchedStart> BeginAsync(
        string command,
        WatchSettings settings,
        Reporter shown,
        TimeProvider clock,
        Func<string, string> mask
    )
    {
        var trace = await Trace.OpenAsync(command, settings, clock);
        try
        {
            return new WatchedStart(trace, settings, shown, clock, mask);
        }
        catch
        {
            await (trace.Open?.CloseAsync(CancellationToken.None) ?? Task.CompletedTask);
            throw;
        }
    }

    /// <param name="failure">Null when the command ended well.</param>
    public async Task EndAsync(Failure? failure)
    {
        try
        {
            _log.End(Ended(failure));
        }
        finally
        {
            _changes.Writer.Complete();
            await _writing;
            await PutAsync();
            await TryAsync(open => open.CloseAsync(CancellationToken.None));
        }
        if (_fault is { } fault && failure is null)
            Warn($"The work is done, but its trace could not be written whole: {fault.Message}");
        await Task.WhenAll(NotifyAsync(failure), _telemetry.EndAsync(failure));
    }

    private async Task NotifyAsync(Failure? failure)
    {
        var (sent, faults) = await _notices.EndAsync(_log.Kept.Start, failure);
        foreach (var notice in sent)
            _log.Note($"Notification sent: {notice}.");
        foreach (var fault in faults)
            Warn(fault);
        if (sent.Count + faults.Count > 0)
            await PutAsync();
    }

    private void Warn(string warning) => _log.Tell(new RunEvent.Warning(warning));

    private Start Ended(Failure? failure)
    {
        _log.Note(
            failure is null
                ? "Done (exit code 0)."
                : $"error: {failure.Message} (exit code {(int)failure.Code}: {ExitCodeAdvice.Of(failure.Code).Meaning})"
                    + $" What to do: {ExitCodeAdvice.Of(failure.Code).Advice}."
        );
        return _log.Kept.Start with
        {
            EndedAt = _clock.GetUtcNow().UtcDateTime,
            ExitCode = (int)(failure?.Code ?? ExitCode.Ok),
            Message = failure?.Message,
            Seconds = Math.Round(_clock.GetElapsedTime(_began).TotalSeconds, 1),
        };
    }

    private async Task WriteChangesAsync()
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync())
            await (_fault is null ? PutAsync() : Task.CompletedTask);
    }

    private Task PutAsync() =>
        TryAsync(async open =>
        {
            var (start, text) = _log.Kept;
            await open.PutAsync(start, text, CancellationToken.None);
        });

    private async Task TryAsync(Func<OpenStart, Task> write)
    {
        try
        {
            if (_trace.Open is { } open)
                await write(open);
        }
        catch (SinkException e)
        {
            _fault ??= e;
        }
    }

    /// <summary>What the journal gives when a start begins.</summary>
    /// <param name="Open">Null when the start cannot be journalled.</param>
    /// <param name="Fault">Why it cannot.</param>
    /// <param name="Dead">Starts whose processes died, as this one found out.</param>
    /// <param name="Earlier">The newest starts before this one, the newest first.</param>
    private sealed record Trace(
        OpenStart? Open,
        SinkException? Fault,
        Start Start,
        IReadOnlyList<Start> Dead,
        IReadOnlyList<Start> Earlier
    )
    {
        private const int Looks = 20;

        public static async Task<Trace> OpenAsync(string command, WatchSettings settings, TimeProvider clock)
        {
            try
            {
                if (settings.WorkFolder is { } place)
                    return await OpenAsync(command, settings, new StartJournal(place.Open(clock), clock), clock);
                return Unkept(command, settings, clock, null);
            }
            catch (SinkException e)
            {
                return Unkept(command, settings, clock, e);
            }
        }

        private static async Task<Trace> OpenAsync(
            string command,
            WatchSettings settings,
            StartJournal journal,
            TimeProvider clock
        )
        {
            var dead = await journal.MarkDeadAsync(CancellationToken.None);
            await journal.PruneAsync(clock.GetUtcNow() - settings.Keep, CancellationToken.None);
            var earlier = await journal.NewestAsync(DateTime.MaxValue, Looks, CancellationToken.None);
            var environment = earlier.FirstOrDefault(s => s.Environment != "")?.Environment ?? settings.ApiEnv;
            var open = await journal.BeginAsync(command, environment, CancellationToken.None);
            return new Trace(open, null, open.Start, dead, earlier);
        }

        private static Trace Unkept(string command, WatchSettings settings, TimeProvider clock, SinkException? fault) =>
            new(
                null,
                fault,
                new("", command, clock.GetUtcNow().UtcDateTime, Environment.ProcessId, Environment.MachineName)
                {
                    Environment = settings.ApiEnv,
                },
                [],
                []
            );
    }
}
