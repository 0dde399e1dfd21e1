using System.Xml.Linq;
using VPlanExport.Entities;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 7: what was completed, what is in progress and for how long, and what waits.</summary>
internal static class Flow
{
    private const int Shown = 12;

    public static XElement Of(Letter letter) =>
        letter.Section("flow", letter.T("Flow", "Doorstroming"), Throughput(letter), Ages(letter), Backlog(letter));

    private static object Throughput(Letter letter)
    {
        var weeks = letter.Period.Weeks(-7, 0);
        var done = letter.Ask.By(
            "iso_year_week",
            CardMeasures.Throughput,
            "iso_year_week >= ? AND iso_year_week <= ?",
            weeks[0],
            weeks[^1]
        );
        if (done.Count == 0)
            return Letter.Paragraph(
                letter.T("No card was completed in the last 8 weeks.", "In de laatste 8 weken is geen kaart voltooid.")
            );
        var total = letter.Words.Count(done.Values.Sum());
        return letter.Charts.Columns(
            letter.T("Cards completed by week", "Kaarten voltooid per week"),
            letter.T($"{total} cards in 8 weeks, this one included.", $"{total} kaarten in 8 weken, met deze.")
                + $" {string.Join("; ", weeks.Select(w => $"{w}: {letter.Words.Count(done.GetValueOrDefault(w))}"))}.",
            [letter.T("completed", "voltooid")],
            [.. weeks.Select(w => new Bar(w, done.GetValueOrDefault(w)))],
            letter.Words.Number
        );
    }

    /// <summary>The age counts to the day of the last run, as the view says.</summary>
    private static object Ages(Letter letter)
    {
        var ages = letter
            .Ask.Rows(
                """
                SELECT age, count(*)
                FROM (
                    SELECT
                        CASE
                            WHEN age_days <= 2 THEN 0
                            WHEN age_days <= 5 THEN 1
                            WHEN age_days <= 10 THEN 2
                            ELSE 3
                        END AS age
                    FROM bi.work_in_progress
                ) aged
                GROUP BY age
                """,
                row => (Age: (int)Questions.Number(row, 0)!.Value, Cards: Questions.Number(row, 1)!.Value)
            )
            .ToDictionary(a => a.Age, a => a.Cards);
        if (ages.Count == 0)
            return Letter.Paragraph(letter.T("No card is in progress.", "Geen kaart is in uitvoering."));
        string[] names = ["0–2", "3–5", "6–10", "> 10"];
        var old = letter.Words.Count(ages.GetValueOrDefault(3));
        return letter.Charts.Bars(
            letter.T("Cards in progress by age in days", "Kaarten in uitvoering naar leeftijd in dagen"),
            letter.T(
                $"{old} of {letter.Words.Count(ages.Values.Sum())} cards are in progress for more than 10 days.",
                $"{old} van {letter.Words.Count(ages.Values.Sum())} kaarten zijn langer dan 10 dagen in uitvoering."
            ),
            [letter.T("cards", "kaarten")],
            [.. names.Select((n, i) => new Bar(letter.T($"{n} days", $"{n} dagen"), ages.GetValueOrDefault(i)))],
            letter.Words.Number
        );
    }

    private static object?[] Backlog(Letter letter)
    {
        var boards = letter
            .Ask.By("board", BacklogMeasures.BacklogHours)
            .OrderByDescending(b => b.Value)
            .ThenBy(b => b.Key, StringComparer.Ordinal)
            .ToList();
        if (boards.Count == 0)
            return [Letter.Paragraph(letter.T("No work waits for a plan.", "Er wacht geen werk op planning."))];
        var shown = boards.Take(Shown).ToList();
        return
        [
            letter.Charts.Bars(
                letter.T("Backlog hours by board", "Werkvoorraad in uren per bord"),
                letter.T(
                    $"{letter.Words.Hours(boards.Sum(b => b.Value))} are not planned yet.",
                    $"{letter.Words.Hours(boards.Sum(b => b.Value))} zijn nog niet gepland."
                ),
                [letter.T("hours", "uren")],
                [.. shown.Select(b => new Bar(b.Key, b.Value))],
                letter.Words.Hours
            ),
            letter.LeftOut(boards.Count - shown.Count, "SELECT board, remaining_hours FROM bi.backlog_hours"),
        ];
    }
}
