using System.Text.Json.Serialization;

namespace VPlanExport.Runs.Starts;

/// <summary>One start of a command that works, as the journal keeps it. Times are UTC.</summary>
/// <param name="Id">Begins with the time of the start, as the id of a run does.</param>
/// <param name="Command">The command's name, such as <c>run</c>.</param>
internal sealed record Start(string Id, string Command, DateTime StartedAt, int Process, string Machine)
{
    /// <summary>The command as people type it.</summary>
    public const string Program = "vplan-export";

    /// <summary>Exit code of a command that a signal stopped, as shells count it.</summary>
    public const int Stopped = 130;

    /// <summary>Null while it works, and when its process died.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>Null while it works, and when its process died.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Message { get; init; }

    /// <summary>The phase that began last; null when none did.</summary>
    public string? Phase { get; init; }

    /// <summary>The run that it worked on last; null when it never reached one.</summary>
    public string? RunId { get; init; }

    /// <summary>Requests sent to vPlan.</summary>
    public int Requests { get; init; }

    public double? Seconds { get; init; }

    /// <summary>The environment's name, or its identifier; empty when neither is known.</summary>
    public string Environment { get; init; } = "";

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Its process died, as a later start found out.</summary>
    public bool IsDead { get; init; }

    /// <summary>Its process still works: no file says so, the journal asks when it reads.</summary>
    [JsonIgnore]
    public bool IsRunning { get; init; }

    /// <summary>It was stopped by a signal, or its process died.</summary>
    [JsonIgnore]
    public bool IsInterrupted => !IsRunning && ExitCode is null or Stopped;

    /// <summary>It ended with an error.</summary>
    [JsonIgnore]
    public bool IsFailed => ExitCode is { } code && code != 0 && !IsInterrupted;

    /// <summary>What it did last, as in "interrupted while loading".</summary>
    [JsonIgnore]
    public string Doing =>
        Phase switch
        {
            null => "starting",
            "extract" => "reading",
            "rollback" => "rolling back",
            "derive" => "deriving",
            "commit" => "committing",
            _ => $"{Phase}ing",
        };

    public override string ToString() => $"{Program} {Command}, process {Process} on {Machine}";
}
