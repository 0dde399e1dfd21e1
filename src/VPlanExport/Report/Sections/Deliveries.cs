using System.Xml.Linq;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 6: orders and collections on time by week, and those that are late.</summary>
internal static class Deliveries
{
    private const int Shown = 10;
    private const string Open = "done_date IS NULL AND due_date < ?";

    public static XElement Of(Letter letter) =>
        letter.Section(
            "delivery",
            letter.T("Delivery", "Levering"),
            letter.Missing("order"),
            letter.Missing("collection"),
            OnTime(letter),
            Late(letter)
        );

    private static object OnTime(Letter letter)
    {
        var weeks = letter.Period.Weeks(-12, 0);
        var done = letter
            .Ask.Rows(
                """
                SELECT d.iso_year_week, sum(CASE WHEN b.is_on_time = 1 THEN 1 ELSE 0 END),
                    sum(CASE WHEN b.is_on_time = 0 THEN 1 ELSE 0 END)
                FROM bi.delivery b
                JOIN bi.dim_date d ON d.date = b.done_date
                WHERE d.iso_year_week >= ? AND d.iso_year_week <= ?
                GROUP BY d.iso_year_week
                """,
                row => new Bar(Questions.Text(row, 0), Questions.Number(row, 1), Questions.Number(row, 2)),
                weeks[0],
                weeks[^1]
            )
            .ToDictionary(b => b.Label);
        if (done.Count == 0)
            return Letter.Paragraph(
                letter.T("Nothing was delivered in the last 13 weeks.", "In de laatste 13 weken is niets geleverd.")
            );
        var bars = weeks.Select(w => done.GetValueOrDefault(w) ?? new Bar(w, 0, 0)).ToList();
        var (good, late) = (bars.Sum(b => b.Values[0])!.Value, bars.Sum(b => b.Values[1])!.Value);
        string[] series = [letter.T("on time", "op tijd"), letter.T("late", "te laat")];
        return new[]
        {
            letter.Charts.Columns(
                letter.T("Orders and collections done by week", "Orders en collecties klaar per week"),
                letter.T(
                    $"{letter.Words.Count(good)} on time and {letter.Words.Count(late)} late in 13 weeks.",
                    $"{letter.Words.Count(good)} op tijd en {letter.Words.Count(late)} te laat in 13 weken."
                ),
                series,
                bars,
                letter.Words.Number
            ),
            letter.NumbersByWeek(letter.T("Delivery by week", "Levering per week"), series, bars),
        };
    }

    private static object?[] Late(Letter letter)
    {
        var day = letter.Period.Day;
        var count = letter
            .Ask.Rows($"SELECT count(*) FROM bi.delivery WHERE {Open}", row => Questions.Number(row, 0) ?? 0, day)
            .Single();
        if (count == 0)
            return
            [
                Letter.Paragraph(
                    letter.T("No open order or collection is late.", "Geen open order of collectie is te laat.")
                ),
            ];
        var rows = letter.Ask.First(
            Shown,
            $"SELECT name, relation, due_date FROM bi.delivery WHERE {Open} ORDER BY due_date, name",
            row => Row(letter, Questions.Text(row, 0), Questions.Text(row, 1), Questions.Day(row, 2)!.Value),
            day
        );
        return
        [
            letter.Table(
                letter.T("Late and not done, the oldest first", "Te laat en niet klaar, de oudste eerst"),
                [
                    letter.T("Order or collection", "Order of collectie"),
                    letter.T("Customer", "Klant"),
                    letter.T(">Due", ">Beloofd"),
                    letter.T(">Days late", ">Dagen te laat"),
                ],
                rows
            ),
            letter.LeftOut(
                (int)count - rows.Count,
                "SELECT * FROM bi.delivery WHERE done_date IS NULL AND is_on_time = false"
            ),
        ];
    }

    private static object?[] Row(Letter letter, string name, string customer, DateOnly due) =>
        [
            Html.Name(name),
            Html.Name(customer),
            letter.Words.Day(due),
            letter.Words.Count(letter.Period.Day.DayNumber - due.DayNumber),
        ];
}
