namespace VPlanExport.Commands.Output;

/// <summary>An error as the operator sees it.</summary>
/// <param name="Code">The process's exit code.</param>
internal sealed record Failure(ExitCode Code, string Message)
{
    /// <summary>Exit code of a command that a signal stopped, as shells count it.</summary>
    public const ExitCode Stopped = (ExitCode)130;

    /// <summary>Nothing is broken and the next run goes on by itself: worth a warning.</summary>
    public bool IsPassing => Code is ExitCode.BudgetReached or ExitCode.Locked;

    /// <param name="cancellationToken">The command's: whatever fails after it was cancelled, failed because of
    /// that.</param>
    public static Failure Of(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            _ when cancellationToken.IsCancellationRequested => new Failure(
                Stopped,
                "Stopped by a signal. A run that was stopped keeps what it read: the next one goes on from there."
            ),
            ExportException e => new Failure(e.ExitCode, e.Message),
            IOException e => new Failure(
                ExitCode.Sink,
                $"{e.Message} Free disk space or mend the file system, then run again: it goes on where it stopped."
            ),
            UnauthorizedAccessException e => new Failure(
                ExitCode.Sink,
                $"{e.Message} Give this user the right to write there, then run again: it goes on where it stopped."
            ),
            _ => new Failure(
                ExitCode.Bug,
                $"This is a bug in vplan-export; please report it with these lines. {exception}"
            ),
        };
}
