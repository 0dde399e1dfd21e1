using System.Data.Common;
using System.Xml.Linq;
using VPlanExport.Model;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 8: what moved since yesterday, and in the last seven days.</summary>
internal static class PlanChanges
{
    private const int Shown = 10;
    private const string Moved = "slip_days <> 0 AND changed_on >= ? AND changed_on <= ?";

    public static XElement Of(Letter letter) =>
        letter.Section(
            "plan-changes",
            letter.T("Plan changes", "Planwijzigingen"),
            FirstRun(letter) is { } first ? Letter.Paragraph(first) : Content(letter)
        );

    /// <summary>Changes are seen between two runs: after the first there are none.</summary>
    private static string? FirstRun(Letter letter)
    {
        var starts = letter.Ask.First(2, "SELECT started_at FROM etl.run ORDER BY sequence", row => row.GetDateTime(0));
        if (starts is not [var first])
            return null;
        var day = new BusinessZone(letter.Settings.TimeZone).DateOf(first);
        return letter.T(
            $"There was one run, on {letter.Words.Day(day)}. Changes of the plan are known from the next run on.",
            $"Er was één run, op {letter.Words.Day(day)}. Planwijzigingen zijn vanaf de volgende run bekend."
        );
    }

    private static object?[] Content(Letter letter)
    {
        var day = letter.Period.Day;
        Bar[] bars =
        [
            Sum(letter, letter.T("since yesterday", "sinds gisteren"), day.AddDays(-1)),
            Sum(letter, letter.T("in 7 days", "in 7 dagen"), day.AddDays(-6)),
        ];
        if (bars[1].Values.All(v => v == 0))
            return
            [
                Letter.Paragraph(
                    letter.T("No plan has moved in the last 7 days.", "In de laatste 7 dagen is geen plan verschoven.")
                ),
            ];
        string[] series = [letter.T("days earlier", "dagen vroeger"), letter.T("days later", "dagen later")];
        return
        [
            letter.Charts.Diverging(
                letter.T("Days that plans moved", "Dagen dat plannen verschoven"),
                letter.T(
                    $"{letter.Words.Number(bars[1].Values[1])} days later and "
                        + $"{letter.Words.Number(bars[1].Values[0])} days earlier in 7 days.",
                    $"{letter.Words.Number(bars[1].Values[1])} dagen later en "
                        + $"{letter.Words.Number(bars[1].Values[0])} dagen vroeger in 7 dagen."
                ),
                series,
                bars,
                letter.Words.Number
            ),
            Counts(letter),
            .. Top(letter),
        ];
    }

    private static Bar Sum(Letter letter, string label, DateOnly since) =>
        letter
            .Ask.Rows(
                $"""
                SELECT sum(CASE WHEN slip_days < 0 THEN -slip_days ELSE 0 END),
                    sum(CASE WHEN slip_days > 0 THEN slip_days ELSE 0 END)
                FROM bi.plan_slip WHERE {Moved}
                """,
                row => new Bar(label, Questions.Number(row, 0) ?? 0, Questions.Number(row, 1) ?? 0),
                since,
                letter.Period.Day
            )
            .Single();

    private static XElement Counts(Letter letter)
    {
        var day = letter.Period.Day;
        return letter.Table(
            letter.T("Cards that moved", "Verschoven kaarten"),
            [
                letter.T("When", "Wanneer"),
                letter.T(">Moved later", ">Naar later"),
                letter.T(">Moved earlier", ">Naar vroeger"),
                letter.T(">Days in sum", ">Dagen samen"),
            ],
            new[]
            {
                Row(letter.T("since yesterday", "sinds gisteren"), day.AddDays(-1)),
                Row(letter.T("in 7 days", "in 7 dagen"), day.AddDays(-6)),
            }
        );

        object?[] Row(string label, DateOnly since) =>
            letter
                .Ask.Rows(
                    $"""
                    SELECT sum(CASE WHEN slip_days > 0 THEN 1 ELSE 0 END),
                        sum(CASE WHEN slip_days < 0 THEN 1 ELSE 0 END), sum(slip_days)
                    FROM bi.plan_slip WHERE {Moved}
                    """,
                    row =>
                        new object?[]
                        {
                            label,
                            letter.Words.Count(Questions.Number(row, 0) ?? 0),
                            letter.Words.Count(Questions.Number(row, 1) ?? 0),
                            letter.Words.Signed(Questions.Number(row, 2) ?? 0),
                        },
                    since,
                    day
                )
                .Single();
    }

    private static IEnumerable<XElement?> Top(Letter letter)
    {
        var (since, day) = (letter.Period.Day.AddDays(-6), letter.Period.Day);
        var rows = letter.Ask.First(
            Shown,
            $"""
            SELECT card, old_end_date, new_end_date, slip_days FROM bi.plan_slip
            WHERE {Moved}
            ORDER BY abs(slip_days) DESC, card, changed_on
            """,
            row => Card(letter, row),
            since,
            day
        );
        yield return letter.Table(
            letter.T("The 10 largest moves in 7 days", "De 10 grootste verschuivingen in 7 dagen"),
            [
                letter.T("Card", "Kaart"),
                letter.T(">Was planned to end", ">Einde was"),
                letter.T(">Ends", ">Einde wordt"),
                letter.T(">Days", ">Dagen"),
            ],
            rows
        );
    }

    private static object?[] Card(Letter letter, DbDataReader row)
    {
        var days = Questions.Number(row, 3) ?? 0;
        return
        [
            Html.Name(Questions.Text(row, 0)),
            letter.Words.Day(Questions.Day(row, 1)),
            letter.Words.Day(Questions.Day(row, 2)),
            $"{(days > 0 ? "▲" : "▼")} {letter.Words.Signed(days)}",
        ];
    }
}
