using VPlanExport.Runs.Starts;

namespace VPlanExport.Report;

internal enum ReportState
{
    Complete,
    Stale,
    Failed,
    NoRunYet,
}

/// <summary>Why the last night failed.</summary>
/// <param name="Meaning">Of the exit code.</param>
/// <param name="Advice">What to do.</param>
internal sealed record NightFailure(int ExitCode, string Message, string Meaning, string Advice);

/// <summary>Whether today's numbers may be trusted, in one sentence.</summary>
/// <param name="Good">The run that the data is of; null for none.</param>
/// <param name="Failure">Null where nothing failed.</param>
internal sealed record ReportVerdict(ReportState State, GoodRun? Good, NightFailure? Failure)
{
    public static ReportVerdict Of(Verdict verdict, NightFailure? failure) =>
        new(
            failure is not null ? ReportState.Failed
                : verdict.Good is null ? ReportState.NoRunYet
                : verdict.IsTooOld ? ReportState.Stale
                : ReportState.Complete,
            verdict.Good,
            failure
        );

    /// <summary>What the tables themselves say counts too.</summary>
    public ReportVerdict With(IReadOnlyList<TableProof> tables, Words words)
    {
        var wrong = tables.Where(t => !t.IsBalanced).Select(t => t.Table).ToList();
        var names = string.Join(", ", wrong);
        return State != ReportState.Complete || wrong.Count == 0
            ? this
            : this with
            {
                State = ReportState.Failed,
                Failure = new NightFailure(
                    5,
                    words.Of($"these tables do not balance: {names}.", $"deze tabellen sluiten niet: {names}."),
                    "",
                    "vplan-export verify"
                ),
            };
    }

    /// <summary>The word that the sentence begins with.</summary>
    public string Word(Words words) =>
        State switch
        {
            ReportState.Complete => words.Of("Complete", "Volledig"),
            ReportState.Stale => words.Of("Stale", "Verouderd"),
            ReportState.Failed => words.Of("Failed", "Mislukt"),
            ReportState.NoRunYet => words.Of("No run yet", "Nog geen run"),
        };
}
