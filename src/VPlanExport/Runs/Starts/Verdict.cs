using System.Globalization;

namespace VPlanExport.Runs.Starts;

internal enum VerdictState
{
    /// <summary>The data is as young as it is to be.</summary>
    Ok,

    /// <summary>Runs have failed since the last good one.</summary>
    Failed,

    /// <summary>Nothing failed, and the data is too old: nothing was started.</summary>
    Late,

    /// <summary>A command works.</summary>
    Running,

    /// <summary>The last command was stopped, or its process died.</summary>
    Interrupted,

    /// <summary>No run has been committed yet, and none has failed.</summary>
    Never,
}

/// <param name="At">UTC.</param>
internal sealed record LastError(int ExitCode, string Message, DateTime At);

/// <summary>How the export stands: a pure function of the last good run, the starts since, and the time.</summary>
/// <param name="Last">The start that decides; null where none does.</param>
/// <param name="FailedAttempts">Runs that failed since the last good one.</param>
internal sealed record Verdict(
    VerdictState State,
    GoodRun? Good,
    Start? Last,
    int FailedAttempts,
    LastError? LastError,
    TimeSpan MaxAge,
    DateTime Now
)
{
    /// <summary>A night and two hours.</summary>
    public static readonly TimeSpan UsualMaxAge = TimeSpan.FromHours(26);

    private const int LongestMessage = 300;

    /// <summary>The age of the data; null when there is none.</summary>
    public TimeSpan? Age => Good is null ? null : Now - Good.StartedAt;

    public bool IsTooOld => Age is not { } age || age > MaxAge;

    /// <param name="newestFirst">At least every start since the last good run ended.</param>
    /// <param name="interrupted">A run that no start tells of was begun and not committed; null for none.</param>
    /// <param name="isWarehouseBehind">The warehouse lacks the last run.</param>
    /// <param name="now">UTC.</param>
    public static Verdict Of(
        GoodRun? good,
        IReadOnlyList<Start> newestFirst,
        Start? interrupted,
        bool isWarehouseBehind,
        TimeSpan maxAge,
        DateTime now
    )
    {
        var since = newestFirst.Where(s => Counts(s, good, isWarehouseBehind)).ToList();
        var failed = since.Where(s => s.IsFailed && s.Command == "run").ToList();
        var stopped = since.Where((s, i) => s.IsInterrupted && !since.Take(i).Any(later => Settles(later, s)));
        var decides = failed.Concat(stopped).MaxBy(s => s.StartedAt) ?? (failed.Count == 0 ? interrupted : null);
        var running = newestFirst.FirstOrDefault(s => s.IsRunning);
        var error = failed.FirstOrDefault() ?? since.FirstOrDefault(s => s.IsFailed);
        var verdict = new Verdict(
            VerdictState.Ok,
            good,
            running ?? decides,
            failed.Count,
            error is null ? null : new LastError(error.ExitCode!.Value, error.Message ?? "", error.EndedAt!.Value),
            maxAge,
            now
        );
        return verdict with { State = StateOf(verdict) };
    }

    /// <param name="zone">In which people read the time.</param>
    public string Sentence(TimeZoneInfo zone) =>
        State switch
        {
            VerdictState.Ok => $"OK: {Data(zone)}",
            VerdictState.Failed => $"FAILED: {Data(zone)}; {Attempts}: {Short(Last!.Message)} (exit {Last.ExitCode})",
            VerdictState.Late =>
                $"LATE: last good run {Text(Age!.Value)} ago, and {Text(MaxAge)} are allowed; {Data(zone)}",
            VerdictState.Running =>
                $"RUNNING since {Moment(Last!.StartedAt, zone)}, by {Last}; it is {Last.Doing}; {Data(zone)}",
            VerdictState.Interrupted => $"INTERRUPTED while {Last!.Doing}; the next run goes on; {Data(zone)}",
            VerdictState.Never => "NEVER: no run has been committed yet",
        };

    /// <summary>A duration for people: in hours below three days.</summary>
    public static string Text(TimeSpan span) =>
        span switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
            { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
            { TotalDays: < 3 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
        };

    private string Attempts =>
        FailedAttempts switch
        {
            0 or 1 => "1 attempt since failed",
            _ => string.Create(CultureInfo.InvariantCulture, $"{FailedAttempts} attempts since failed, the last"),
        };

    private string Data(TimeZoneInfo zone) => Good is null ? "no data yet" : $"data of {Moment(Good.StartedAt, zone)}";

    /// <summary>Such as <c>02:14 tonight</c>.</summary>
    private string Moment(DateTime utc, TimeZoneInfo zone)
    {
        var (then, now) = (TimeZoneInfo.ConvertTimeFromUtc(utc, zone), TimeZoneInfo.ConvertTimeFromUtc(Now, zone));
        var day = (now.Date - then.Date).Days switch
        {
            0 => then.Hour < 6 ? "tonight" : "today",
            1 => "yesterday",
            _ => string.Create(CultureInfo.InvariantCulture, $"on {then:yyyy-MM-dd}"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{then:HH:mm} {day}");
    }

    private static VerdictState StateOf(Verdict verdict) =>
        verdict switch
        {
            { Last.IsRunning: true } => VerdictState.Running,
            { Last.IsInterrupted: true } => VerdictState.Interrupted,
            { Last: not null } => VerdictState.Failed,
            { Good: null } => VerdictState.Never,
            { IsTooOld: true } => VerdictState.Late,
            _ => VerdictState.Ok,
        };

    /// <summary>A start that committed the last good run counts only as long as the warehouse lacks that run.</summary>
    private static bool Counts(Start start, GoodRun? good, bool isWarehouseBehind) =>
        !start.IsRunning
        && (
            good is null
            || (start.EndedAt ?? start.StartedAt) > good.EndedAt && (start.RunId != good.Id || isWarehouseBehind)
        );

    /// <summary>What was interrupted is settled by the same command that came to its end.</summary>
    private static bool Settles(Start later, Start interrupted) =>
        later.Command == interrupted.Command && later.ExitCode == 0;

    /// <summary>The first line, and not too much of it: the log has the whole message.</summary>
    private static string Short(string? message) =>
        message?.Split('\n')[0].TrimEnd() is not { } line ? ""
        : line.Length <= LongestMessage ? line
        : $"{line[..LongestMessage].TrimEnd()}…";
}
