using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Output;

/// <summary>An error as the operator sees it.</summary>
/// <param name="Code">The process's exit code.</param>
internal sealed record Failure(ExitCode Code, string Message)
{
    /// <summary>Exit code of a command that a signal stopped, as shells count it.</summary>
    public const ExitCode Stopped = (ExitCode)Start.Stopped;

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
                $"{e.Message} Free disk space or fix the file system, then run again: it goes on where it stopped."
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

/// <summary>What an exit code means and what to do then. The table in Commands/README.md is checked against this
/// list.</summary>
internal sealed record ExitCodeAdvice(ExitCode Code, string Meaning, string Advice)
{
    public static readonly IReadOnlyList<ExitCodeAdvice> All =
    [
        new(ExitCode.Ok, "done", ""),
        new(ExitCode.Bug, "a bug", "report it"),
        new(ExitCode.Configuration, "configuration", "correct the setting that the message names"),
        new(
            ExitCode.SourceUnavailable,
            "vPlan cannot be reached or is down",
            "try later; the run goes on where it stopped"
        ),
        new(ExitCode.BudgetReached, "the request budget is used up", "the next run goes on where it stopped"),
        new(
            ExitCode.Contract,
            "contract: too many bad rows, a read that does not balance, an answer that is no answer, a drifted schema",
            "look at what the message names"
        ),
        new(
            ExitCode.Sink,
            "lake, warehouse or work folder",
            "fix the disk, the rights or the file; the next run goes on"
        ),
        new(ExitCode.Locked, "another run holds the lock", "wait for it"),
        new(
            ExitCode.Refused,
            "a guard refused: too many rows would be deleted, or a plan no longer holds",
            "look in vPlan whether it is meant; if it is, run once more with `--allow-deletes`; make the plan again"
        ),
        new(Failure.Stopped, "stopped by a signal", "the next run goes on where it stopped"),
    ];

    public static ExitCodeAdvice Of(ExitCode code) => All.Single(a => a.Code == code);
}
