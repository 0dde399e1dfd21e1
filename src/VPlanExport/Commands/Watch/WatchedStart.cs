using System.Threading.Channels;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>
/// The start of a command that works: it leaves a trace in the work folder whatever becomes of it. A trace that cannot
/// be written stops nothing.
/// </summary>
internal sealed class WatchedStart
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly OpenStart? _open;
    private readonly StartLog _log;
    private readonly Task _writing;
    private SinkException? _fault;

    private WatchedStart(
        OpenStart? open,
        SinkException? fault,
        Start start,
        Reporter shown,
        TimeProvider clock,
        Func<string, string> mask
    )
    {
        (_open, _fault, _clock, _began) = (open, fault, clock, clock.GetTimestamp());
        _log = new StartLog(start, shown, clock, mask, () => _changes.Writer.TryWrite(true));
        _log.Note($"{start} begins in {Directory.GetCurrentDirectory()}.");
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
        var (open, fault) = await OpenAsync(command, settings, clock);
        try
        {
            return new WatchedStart(open, fault, open?.Start ?? Unkept(command, clock), shown, clock, mask);
        }
        catch
        {
            await (open?.CloseAsync(CancellationToken.None) ?? Task.CompletedTask);
            throw;
        }
    }

    private static async Task<(OpenStart? Open, SinkException? Fault)> OpenAsync(
        string command,
        WatchSettings settings,
        TimeProvider clock
    )
    {
        if (settings.WorkFolder is not { } place)
            return (null, null);
        try
        {
            var journal = new StartJournal(new RunStore(place, clock).Store, clock);
            await journal.MarkDeadAsync(CancellationToken.None);
            await journal.PruneAsync(clock.GetUtcNow() - settings.Keep, CancellationToken.None);
            return (await journal.BeginAsync(command, CancellationToken.None), null);
        }
        catch (SinkException e)
        {
            return (null, e);
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
            _log.Tell(
                new RunEvent.Warning($"The work is done, but its trace could not be written whole: {fault.Message}")
            );
    }

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
            if (_open is not null)
                await write(_open);
        }
        catch (SinkException e)
        {
            _fault ??= e;
        }
    }

    private static Start Unkept(string command, TimeProvider clock) =>
        new("", command, clock.GetUtcNow().UtcDateTime, Environment.ProcessId, Environment.MachineName);
}
