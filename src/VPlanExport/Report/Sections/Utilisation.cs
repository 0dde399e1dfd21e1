using System.Xml.Linq;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report.Sections;

/// <summary>Section 3: planned and available hours by resource, four weeks from this Monday on.</summary>
internal static class Utilisation
{
    private const int Shown = 40;

    /// <param name="Key">Of the resource: two may have one name.</param>
    private sealed record Week(string Key, string Resource, string Name, double Planned, double Available);

    public static XElement Of(Letter letter)
    {
        var weeks = letter.Period.Weeks(0, 3);
        var all = Rows(letter, weeks);
        return letter.Section(
            "utilisation",
            letter.T("Utilisation", "Bezetting"),
            letter.Missing("schedule"),
            all.Count == 0
                ? Letter.Paragraph(letter.T("Nothing is planned or available.", "Er is niets gepland of beschikbaar."))
                : Content(letter, weeks, all)
        );
    }

    private static object?[] Content(Letter letter, IReadOnlyList<string> weeks, List<Row> all)
    {
        var shown = letter.Options.ShowsPeople ? all.Take(Shown).ToList() : [];
        var over = all.Count(r => r.Shares.Any(s => s > 1));
        var title = letter.T("Utilisation by resource and week", "Bezetting per resource en week");
        var finding = letter.T(
            $"{over} of {all.Count} resources are planned over 100 % in one of these weeks.",
            $"{over} van {all.Count} resources zijn in een van deze weken voor meer dan 100 % gepland."
        );
        return
        [
            shown.Count == 0
                ? Letter.Paragraph(finding)
                : letter.Charts.HeatTable(
                    title,
                    finding,
                    weeks,
                    [.. shown.Select(r => new Bar(r.Name, r.Shares))],
                    letter.Words.Percent
                ),
            letter.LeftOut(
                letter.Options.ShowsPeople ? all.Count - shown.Count : 0,
                "SELECT resource, iso_year_week, sum(planned_minutes), sum(available_minutes) "
                    + "FROM bi.utilisation_day GROUP BY ALL"
            ),
            Numbers(letter, weeks, shown, all),
        ];
    }

    private static XElement Numbers(Letter letter, IReadOnlyList<string> weeks, List<Row> shown, List<Row> all)
    {
        var total = new Row(
            letter.T("All resources", "Alle resources"),
            [.. weeks.Select((_, i) => all.Sum(r => r.Planned[i]))],
            [.. weeks.Select((_, i) => all.Sum(r => r.Available[i]))]
        );
        return letter.Numbers(
            letter.T("Planned of available hours by week", "Geplande van beschikbare uren per week"),
            [letter.T("Resource", "Resource"), .. weeks.Select(w => $">{w}")],
            shown
                .Append(total)
                .Select(r =>
                    (object?[])
                        [
                            Html.Name(r.Name),
                            .. weeks.Select(
                                (_, i) =>
                                    letter.T(
                                        $"{letter.Words.Number(r.Planned[i])} of {letter.Words.Number(r.Available[i])}",
                                        $"{letter.Words.Number(r.Planned[i])} van {letter.Words.Number(r.Available[i])}"
                                    )
                            ),
                        ]
                )
        );
    }

    private sealed record Row(string Name, double[] Planned, double[] Available)
    {
        public IReadOnlyList<double?> Shares { get; } =
        [.. Planned.Zip(Available, (planned, hours) => hours > 0 ? planned / hours : (double?)null)];
    }

    /// <summary>The fullest first.</summary>
    private static List<Row> Rows(Letter letter, IReadOnlyList<string> weeks) =>
        [
            .. Read(letter, weeks)
                .GroupBy(w => w.Key)
                .Select(r =>
                {
                    var byWeek = r.ToDictionary(w => w.Name);
                    return new Row(
                        r.First().Resource,
                        [.. weeks.Select(w => byWeek.GetValueOrDefault(w)?.Planned ?? 0)],
                        [.. weeks.Select(w => byWeek.GetValueOrDefault(w)?.Available ?? 0)]
                    );
                })
                .OrderByDescending(r => r.Shares.Max() ?? 0)
                .ThenBy(r => r.Name, StringComparer.Ordinal),
        ];

    private static List<Week> Read(Letter letter, IReadOnlyList<string> weeks) =>
        letter.Ask.Rows(
            """
            SELECT resource_key, resource, iso_year_week, sum(planned_minutes) / 60.0, sum(available_minutes) / 60.0
            FROM bi.utilisation_day
            WHERE resource_key <> -1 AND iso_year_week >= ? AND iso_year_week <= ?
            GROUP BY resource_key, resource, iso_year_week
            """,
            row => new Week(
                Questions.Text(row, 0),
                Questions.Text(row, 1),
                Questions.Text(row, 2),
                Questions.Number(row, 3) ?? 0,
                Questions.Number(row, 4) ?? 0
            ),
            weeks[0],
            weeks[^1]
        );
}
