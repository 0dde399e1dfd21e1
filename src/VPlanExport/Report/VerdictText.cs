using VPlanExport.Model;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Report;

/// <summary>The verdict as sentences, the first one first: times are those of the environment.</summary>
/// <param name="tables">Empty where the warehouse cannot be asked.</param>
internal sealed class VerdictText(
    ReportVerdict verdict,
    IReadOnlyList<TableProof> tables,
    Words words,
    TimeZoneInfo zone,
    DateTime now
)
{
    public IEnumerable<string> Sentences =>
        new[] { First, Advice, verdict.State == ReportState.Failed ? Shown : null, Refused }.OfType<string>();

    private string First =>
        verdict.State switch
        {
            ReportState.Complete => $"{Word} {words.Of("as of", "per")} {Moment(verdict.Good!.StartedAt)}: {Balance}.",
            ReportState.Stale => words.Of(
                $"{Word}: the data is of {Moment(verdict.Good!.StartedAt)}, and it is {Moment(now)}. {Allowed}",
                $"{Word}: de gegevens zijn van {Moment(verdict.Good!.StartedAt)}, en het is {Moment(now)}. {Allowed}"
            ),
            ReportState.Failed => $"{Word}: {verdict.Failure!.Message} {Code}".TrimEnd(),
            ReportState.NoRunYet => words.Of(
                $"{Word}. Start one with: vplan-export run",
                $"{Word}. Start er een met: vplan-export run"
            ),
        };

    private string Word => verdict.Word(words);

    private string Allowed =>
        words.Of(
            $"At most {(int)Verdict.UsualMaxAge.TotalHours} hours are allowed, so look why no run came after it.",
            $"Hooguit {(int)Verdict.UsualMaxAge.TotalHours} uur is toegestaan: kijk waarom er daarna geen run kwam."
        );

    private string Code =>
        verdict.Failure is { Meaning: not "" } failure
            ? words.Of(
                $"(Exit code {failure.ExitCode}: {failure.Meaning}.)",
                $"(Exitcode {failure.ExitCode}: {failure.Meaning}.)"
            )
            : "";

    private string? Advice =>
        verdict.Failure is { Advice: not "" } failure
            ? $"{words.Of("What to do", "Wat te doen")}: {failure.Advice}."
            : null;

    /// <summary>What is shown after a failure is the data of an earlier night.</summary>
    private string Shown =>
        verdict.Good is { } good
            ? words.Of(
                $"What is shown is the data of {Moment(good.StartedAt)}.",
                $"Getoond worden de gegevens van {Moment(good.StartedAt)}."
            )
            : words.Of("There is no data yet.", "Er zijn nog geen gegevens.");

    private string Balance
    {
        get
        {
            var cards = tables.FirstOrDefault(t => t.Table == "fact_card");
            var (seen, expected) = (cards?.Seen ?? 0, cards?.Expected ?? cards?.Seen ?? 0);
            return words.Of(
                $"{words.Count(seen)} of {words.Count(expected)} cards, {tables.Count} tables balance",
                $"{words.Count(seen)} van {words.Count(expected)} kaarten, {tables.Count} tabellen sluiten"
            );
        }
    }

    private string? Refused
    {
        get
        {
            var names = string.Join(
                ", ",
                tables.Where(t => t.Refused != "").Select(t => $"{t.Entities} ({t.Refused})").Distinct()
            );
            return names == ""
                ? null
                : words.Of($"Without what vPlan does not give: {names}.", $"Zonder wat vPlan niet geeft: {names}.");
        }
    }

    private string Moment(DateTime utc) => words.Moment(utc, zone, new BusinessZone(zone).DateOf(now));
}
