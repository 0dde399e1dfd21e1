using System.Data.Common;
using System.Globalization;
using System.Xml.Linq;

namespace VPlanExport.Report.Sections;

/// <summary>Section 10: the proof of every table, the requests of the day, and the last nights.</summary>
internal static class Certificate
{
    private const int Nights = 14;

    public static XElement Of(Letter letter, IReadOnlyList<TableProof> tables) =>
        letter.Section(
            "certificate",
            letter.T("Certificate", "Certificaat"),
            Letter.Paragraph(Requests(letter)),
            Last(letter),
            Proofs(letter, tables)
        );

    private static string Requests(Letter letter)
    {
        var used = letter
            .Ask.Rows(
                "SELECT sum(requests) FROM etl.run WHERE started_at >= ? AND started_at <= ?",
                row => Questions.Number(row, 0) ?? 0,
                letter.Now.Date,
                letter.Now
            )
            .Single();
        var (now, left) = (
            letter.Words.Count(used),
            letter.Words.Count(Math.Max(letter.Settings.VPlan.RequestsPerDay - used, 0))
        );
        return letter.T(
            $"Committed runs used {now} requests today (UTC); {left} of VPlan:RequestsPerDay are left.",
            $"Vastgelegde runs gebruikten vandaag (UTC) {now} verzoeken; {left} van VPlan:RequestsPerDay resteren."
        );
    }

    private sealed record Night(string Run, string Kind, DateTime Start, double Seconds, double Requests, double Rows)
    {
        /// <summary>Seconds of each of the <see cref="Phases"/>; null where the journal has none.</summary>
        public required IReadOnlyList<double?> Took { get; init; }
    }

    /// <summary>The columns of the journal with the seconds of each phase.</summary>
    private static readonly string[] Phases = ["extract", "transform", "derive", "publish", "load"];

    private static object?[] Last(Letter letter)
    {
        var nights = letter.Ask.First(
            Nights,
            """
            SELECT r.run_id, r.kind, r.started_at, r.finished_at, r.requests, t.staged, r.*
            FROM etl.run r
            LEFT JOIN (SELECT run_id, sum(staged) AS staged FROM etl.load_table GROUP BY run_id) t
                ON t.run_id = r.run_id
            ORDER BY r.sequence DESC
            """,
            Read
        );
        if (nights.Count == 0)
            return [];
        return
        [
            letter.Charts.Sparkline(
                letter.T("Duration of the last runs", "Duur van de laatste runs"),
                string.Join("; ", nights.AsEnumerable().Reverse().Select(n => $"{letter.Words.Number(n.Seconds)} s")),
                [.. nights.AsEnumerable().Reverse().Select(n => (double?)n.Seconds)]
            ),
            letter.Table(
                letter.T("The last 14 runs", "De laatste 14 runs"),
                [
                    letter.T("Run", "Run"),
                    letter.T("Kind", "Soort"),
                    letter.T("Start", "Begin"),
                    letter.T(">Seconds", ">Seconden"),
                    letter.T(">Requests", ">Verzoeken"),
                    letter.T(">Rows", ">Rijen"),
                    letter.T(">Extract s", ">Lezen s"),
                    letter.T(">Transform s", ">Omzetten s"),
                    letter.T(">Derive s", ">Afleiden s"),
                    letter.T(">Publish s", ">Publiceren s"),
                    letter.T(">Load s", ">Laden s"),
                ],
                nights.Select(n =>
                    (object?[])
                        [
                            n.Run,
                            n.Kind,
                            Local(letter, n.Start),
                            letter.Words.Number(n.Seconds),
                            letter.Words.Count(n.Requests),
                            letter.Words.Count(n.Rows),
                            .. n.Took.Select(letter.Words.Number),
                        ]
                )
            ),
        ];
    }

    private static Night Read(DbDataReader row)
    {
        var (start, end) = (row.GetDateTime(2), row.GetDateTime(3));
        return new Night(
            Questions.Text(row, 0),
            Questions.Text(row, 1),
            start,
            Math.Round((end - start).TotalSeconds, 1),
            Questions.Number(row, 4) ?? 0,
            Questions.Number(row, 5) ?? 0
        )
        {
            Took = [.. Phases.Select(phase => Questions.Number(row, $"{phase}_seconds"))],
        };
    }

    private static XElement Proofs(Letter letter, IReadOnlyList<TableProof> tables) =>
        letter.Table(
            letter.T("The last read of every table", "De laatste lezing van elke tabel"),
            [
                letter.T("Table", "Tabel"),
                letter.T(">Expected", ">Verwacht"),
                letter.T(">Seen", ">Gezien"),
                letter.T(">Accepted", ">Aanvaard"),
                letter.T(">Rejected", ">Afgekeurd"),
                letter.T(">Repeated", ">Herhaald"),
                letter.T(">Minutes", ">Minuten"),
                letter.T("Balanced", "Sluit"),
                letter.T("Watermark", "Watermerk"),
                letter.T("Last run", "Laatste run"),
            ],
            tables.Select(t =>
                new object?[]
                {
                    t.Table,
                    Number(t.Expected),
                    Number(t.Seen),
                    Number(t.Accepted),
                    Number(t.Rejected),
                    Number(t.Repeated),
                    Number(t.Minutes),
                    t.IsBalanced ? letter.T("● yes", "● ja") : letter.T("▲ no", "▲ nee"),
                    t.Watermark is { } mark ? Local(letter, mark) : Words.Nothing,
                    t.LastRun == "" ? Words.Nothing : t.LastRun,
                }
            )
        );

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Words.Nothing;

    private static string Local(Letter letter, DateTime utc) =>
        letter.Words.Moment(utc, letter.Settings.TimeZone, letter.Period.Day);
}
