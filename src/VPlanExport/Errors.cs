namespace VPlanExport;

/// <summary>Exit codes, named by what the operator should do.</summary>
public enum ExitCode
{
    Ok = 0,

    /// <summary>A bug: report it.</summary>
    Bug = 1,

    /// <summary>Correct the settings.</summary>
    Configuration = 2,

    /// <summary>vPlan cannot be reached or is down: try later, the run is resumable.</summary>
    SourceUnavailable = 3,

    /// <summary>The request budget is used up: the next run resumes.</summary>
    BudgetReached = 4,

    /// <summary>Bad data over the threshold, or a drifted schema.</summary>
    Contract = 5,

    /// <summary>The lake, the warehouse or the work folder cannot be written.</summary>
    Sink = 6,

    /// <summary>Another run holds the lock.</summary>
    Locked = 7,

    /// <summary>A guard refused: mass delete, shrunk set, a plan that no longer holds.</summary>
    Refused = 8,
}

/// <summary>
/// An error an operator can act on. The message says what happened to which thing, the value and what was allowed, and
/// what to do next.
/// </summary>
internal class ExportException(ExitCode exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}

internal sealed class ConfigurationException(string message, Exception? inner = null)
    : ExportException(ExitCode.Configuration, message, inner);

internal sealed class SourceUnavailableException(string message, Exception? inner = null)
    : ExportException(ExitCode.SourceUnavailable, message, inner);

internal sealed class BudgetReachedException(string message) : ExportException(ExitCode.BudgetReached, message);

internal sealed class ContractException(string message, Exception? inner = null)
    : ExportException(ExitCode.Contract, message, inner);

/// <summary>Rows, minutes or hours were lost or made between two stages: nothing of it is published, and the run can go
/// on.</summary>
internal sealed class ReconciliationException(string message) : ExportException(ExitCode.Contract, message);

internal class SinkException(string message, Exception? inner = null) : ExportException(ExitCode.Sink, message, inner);

/// <summary>
/// A warehouse does not answer, or another program holds it: a run goes on without it, and the warehouse catches up
/// later.
/// </summary>
internal sealed class SinkAwayException(string message, Exception? inner = null) : SinkException(message, inner);

internal sealed class LockedException(string message) : ExportException(ExitCode.Locked, message);

internal sealed class RefusedException(string message) : ExportException(ExitCode.Refused, message);
