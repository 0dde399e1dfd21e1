using System.Xml.Linq;
using VPlanExport.Entities;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 5: planned and tracked hours by activity, over the last eight full weeks.</summary>
internal static class PlannedAgainstActual
{
    private const int Shown = 12;

    public static XElement Of(Letter letter)
    {
        const string Weeks = "iso_year_week >= ? AND iso_year_week <= ?";
        var (first, last) = (letter.Period.Week(-8), letter.Period.Week(-1));
        var planned = letter.Ask.By("activity", TimeMeasures.PlannedOfTracked, Weeks, first, last);
        var tracked = letter.Ask.By("activity", TimeMeasures.Tracked, Weeks, first, last);
        var bars = tracked
            .OrderByDescending(t => t.Value)
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => new Bar(t.Key, planned.GetValueOrDefault(t.Key), t.Value))
            .ToList();
        return letter.Section(
            "planned-actual",
            letter.T("Planned against actual", "Gepland tegenover werkelijk"),
            letter.Missing("time_tracking"),
            bars.Count == 0
                ? Letter.Paragraph(
                    letter.T("No time was tracked in the last 8 weeks.", "In de laatste 8 weken is geen tijd geboekt.")
                )
                : Content(letter, bars)
        );
    }

    private static object?[] Content(Letter letter, List<Bar> bars)
    {
        var shown = bars.Take(Shown).ToList();
        var (planned, tracked) = (letter.T("planned", "gepland"), letter.T("tracked", "geboekt"));
        var (hours, spent) = (bars.Sum(b => b.Values[0]), bars.Sum(b => b.Values[1]));
        return
        [
            letter.Charts.Bars(
                letter.T("Planned and tracked hours by activity", "Geplande en geboekte uren per activiteit"),
                letter.T(
                    $"{letter.Words.Hours(spent)} were tracked on work that was planned for "
                        + $"{letter.Words.Hours(hours)}.",
                    $"{letter.Words.Hours(spent)} zijn geboekt op werk dat voor {letter.Words.Hours(hours)} gepland "
                        + "was."
                ),
                [planned, tracked],
                shown,
                letter.Words.Hours
            ),
            letter.LeftOut(
                bars.Count - shown.Count,
                "SELECT activity, iso_year_week, planned_minutes, tracked_minutes FROM bi.productivity"
            ),
            letter.Numbers(
                letter.T("Productivity by activity", "Productiviteit per activiteit"),
                [
                    letter.T("Activity", "Activiteit"),
                    $">{planned}",
                    $">{tracked}",
                    letter.T(">productivity", ">productiviteit"),
                ],
                shown.Select(b =>
                    new object?[]
                    {
                        Html.Name(b.Label),
                        letter.Words.Hours(b.Values[0]),
                        letter.Words.Hours(b.Values[1]),
                        letter.Words.Percent(b.Values[1] > 0 ? b.Values[0] / b.Values[1] : null),
                    }
                )
            ),
        ];
    }
}
