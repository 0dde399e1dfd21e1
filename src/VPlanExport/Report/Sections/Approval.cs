using System.Xml.Linq;
using VPlanExport.Entities;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 9: tracked hours by week and status, who waits for an approval, and what is billable.</summary>
internal static class Approval
{
    private const int Shown = 10;
    private static readonly string[] Statuses = ["approved", "pending", "draft", "rejected"];

    public static XElement Of(Letter letter) =>
        letter.Section(
            "hours",
            letter.T("Hours and approval", "Uren en goedkeuring"),
            letter.Missing("time_tracking"),
            Hours(letter),
            letter.ShowsNames ? Users(letter) : null,
            Billable(letter)
        );

    private static object Hours(Letter letter)
    {
        var weeks = letter.Period.Weeks(-7, 0);
        var hours = Statuses
            .Select(status =>
                letter.Ask.By(
                    "iso_year_week",
                    TimeMeasures.Tracked,
                    "status = ? AND iso_year_week >= ? AND iso_year_week <= ?",
                    status,
                    weeks[0],
                    weeks[^1]
                )
            )
            .ToList();
        if (hours.All(h => h.Count == 0))
            return Letter.Paragraph(
                letter.T("No time was tracked in the last 8 weeks.", "In de laatste 8 weken is geen tijd geboekt.")
            );
        string[] series =
        [
            letter.T("approved", "goedgekeurd"),
            letter.T("pending", "wacht"),
            letter.T("draft", "concept"),
            letter.T("rejected", "afgekeurd"),
        ];
        var bars = weeks.Select(w => new Bar(w, [.. hours.Select(h => (double?)h.GetValueOrDefault(w))])).ToList();
        var sums = hours.Select(h => letter.Words.Hours(h.Values.Sum())).ToList();
        return new[]
        {
            letter.Charts.Columns(
                letter.T("Tracked hours by week and status", "Geboekte uren per week en status"),
                letter.T(
                    $"{sums[0]} approved, {sums[1]} pending, {sums[2]} draft and {sums[3]} rejected in 8 weeks.",
                    $"{sums[0]} goedgekeurd, {sums[1]} wacht, {sums[2]} concept en {sums[3]} afgekeurd in 8 weken."
                ),
                series,
                bars,
                letter.Words.Hours
            ),
            letter.NumbersByWeek(letter.T("Hours by week and status", "Uren per week en status"), series, bars),
        };
    }

    private static object?[] Users(Letter letter)
    {
        var waiting = letter
            .Ask.By("user_name", TimeMeasures.HoursToApprove, "status = 'pending'")
            .OrderByDescending(u => u.Value)
            .ThenBy(u => u.Key, StringComparer.Ordinal)
            .ToList();
        if (waiting.Count == 0)
            return
            [
                Letter.Paragraph(letter.T("No hours wait for an approval.", "Er wachten geen uren op goedkeuring.")),
            ];
        return
        [
            letter.Table(
                letter.T("Hours that wait for approval by user", "Uren die op goedkeuring wachten per gebruiker"),
                [letter.T("User", "Gebruiker"), letter.T(">Hours", ">Uren")],
                waiting.Take(Shown).Select(u => new object?[] { Html.Name(u.Key), letter.Words.Hours(u.Value) })
            ),
            letter.LeftOut(waiting.Count - Shown, "SELECT * FROM bi.approval_backlog"),
        ];
    }

    private static XElement? Billable(Letter letter)
    {
        const string Months = "year_month >= ? AND year_month <= ?";
        var first = letter.Period.Day.AddMonths(-2);
        var from = FormattableString.Invariant($"{first:yyyy-MM}");
        var to = FormattableString.Invariant($"{letter.Period.Day:yyyy-MM}");
        var hours = letter.Ask.By("year_month", TimeMeasures.BillableHours, Months, from, to);
        var values = letter.Ask.By("year_month", TimeMeasures.BillableValue, Months, from, to);
        return hours.Count == 0
            ? null
            : letter.Numbers(
                letter.T("Billable hours by month", "Declarabele uren per maand"),
                [letter.T("Month", "Maand"), letter.T(">Hours", ">Uren"), letter.T(">Value", ">Waarde")],
                hours
                    .OrderBy(h => h.Key, StringComparer.Ordinal)
                    .Select(h =>
                        new object?[]
                        {
                            h.Key,
                            letter.Words.Hours(h.Value),
                            letter.Words.Number(values.TryGetValue(h.Key, out var value) ? value : null),
                        }
                    )
            );
    }
}
