namespace VPlanExport.Commands.Output;

/// <summary>What an exit code means and what to do then. The table in Commands/README.md is checked against this
/// list.</summary>
internal sealed record ExitCodeAdvice(ExitCode Code, string Meaning, string Advice)
{
    public static readonly IReadOnlyList<ExitCodeAdvice> All =
    [
        new(ExitCode.Ok, "done", ""),
        new(ExitCode.Bug, "a bug", "report it"),
        new(ExitCode.Configuration, "configuration", "mend the setting that the message names"),
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
            "mend the disk, the rights or the file; the next run goes on"
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
