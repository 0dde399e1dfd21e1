using System.Xml.Linq;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 4: how full each stage is this week and next, against its own band.</summary>
internal static class StageLoad
{
    private const int Shown = 15;

    private sealed record Load(string Key, string Stage, string Week, double Percent, double? From, double? To);

    public static XElement Of(Letter letter)
    {
        var weeks = letter.Period.Weeks(0, 1);
        var stages = Read(letter, weeks)
            .GroupBy(l => l.Key)
            .Select(s => new Bar(s.First().Stage, [.. weeks.Select(w => s.FirstOrDefault(l => l.Week == w)?.Percent)])
            {
                Band = s.First() is { From: { } from, To: { } to } ? (from, to) : null,
            })
            .OrderByDescending(b => b.Values.Max())
            .ThenBy(b => b.Label, StringComparer.Ordinal)
            .ToList();
        return letter.Section(
            "stage-load",
            letter.T("Stage load", "Fasebelasting"),
            letter.Missing("stage_capacity"),
            stages.Count == 0
                ? Letter.Paragraph(letter.T("No stage has a capacity.", "Geen fase heeft een capaciteit."))
                : Content(letter, weeks, stages)
        );
    }

    private static object?[] Content(Letter letter, IReadOnlyList<string> weeks, List<Bar> stages)
    {
        var shown = stages.Take(Shown).ToList();
        var over = stages.Count(s => s.Band is { } band && s.Values.Any(v => v > band.To));
        return
        [
            letter.Charts.Bars(
                letter.T("Load of stages", "Belasting van fasen"),
                letter.T(
                    $"{over} of {stages.Count} stages are over their band this week or next; the marks show the band.",
                    $"{over} van {stages.Count} fasen zitten deze of volgende week boven hun band; de streepjes tonen "
                        + "de band."
                ),
                weeks,
                shown,
                letter.Words.Percent
            ),
            letter.LeftOut(
                stages.Count - shown.Count,
                "SELECT stage, date, load_percent, band_min_percent, band_max_percent FROM bi.stage_load"
            ),
            letter.Numbers(
                letter.T("Stage load by week", "Fasebelasting per week"),
                [letter.T("Stage", "Fase"), .. weeks.Select(w => $">{w}"), letter.T(">Band", ">Band")],
                shown.Select(s =>
                    (object?[])
                        [
                            Html.Name(s.Label),
                            .. s.Values.Select(letter.Words.Percent),
                            s.Band is { } band
                                ? $"{letter.Words.Percent(band.From)} – {letter.Words.Percent(band.To)}"
                                : Words.Nothing,
                        ]
                )
            ),
        ];
    }

    private static List<Load> Read(Letter letter, IReadOnlyList<string> weeks) =>
        letter.Ask.Rows(
            """
            SELECT stage_key, stage, iso_year_week, 1.0 * sum(planned_minutes) / nullif(sum(available_minutes), 0),
                min(band_min_percent) / 100.0, max(band_max_percent) / 100.0
            FROM bi.stage_load
            WHERE stage_key <> -1 AND iso_year_week >= ? AND iso_year_week <= ?
            GROUP BY stage_key, stage, iso_year_week
            HAVING sum(available_minutes) > 0
            """,
            row => new Load(
                Questions.Text(row, 0),
                Questions.Text(row, 1),
                Questions.Text(row, 2),
                Questions.Number(row, 3) ?? 0,
                Questions.Number(row, 4),
                Questions.Number(row, 5)
            ),
            weeks[0],
            weeks[^1]
        );
}
