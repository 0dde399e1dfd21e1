using System.Data.Common;
using System.Xml.Linq;

namespace VPlanExport.Report.Sections;

/// <summary>Section 2: what needs someone today, the worst first.</summary>
internal sealed class NeedsYou(Letter letter)
{
    private const int Most = 15;
    private const int MostOfOne = 5;
    private const double HoursOfDay = 8;

    private readonly Words _words = letter.Words;
    private readonly DateOnly _day = letter.Period.Day;

    /// <param name="Weight">Hours that are missing, so that unlike things stand in one order.</param>
    private sealed record Need(double Weight, string What, string Reason);

    public static XElement Of(Letter letter)
    {
        var needs = new NeedsYou(letter).All();
        return letter.Section(
            "needs-you",
            letter.T("Needs you", "Vraagt aandacht"),
            needs.Count == 0
                ? Letter.Paragraph(letter.T("Nothing needs you today.", "Niets vraagt vandaag aandacht."))
                : letter.Table(
                    letter.T("The worst first, at most 15", "Het ergste eerst, hooguit 15"),
                    [letter.T("What", "Wat"), letter.T("Why", "Waarom")],
                    needs.Select(need => new object?[] { Html.Name(need.What), need.Reason })
                )
        );
    }

    private List<Need> All()
    {
        var days = Workdays();
        var needs = new List<Need>();
        if (letter.Options.ShowsPeople)
            needs.AddRange([.. Resources(days), .. Timers()]);
        needs.AddRange([.. Stages(days), .. DueCards(), .. Slipped(), .. LateOrders()]);
        return [.. needs.OrderByDescending(n => n.Weight).ThenBy(n => n.What, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>The last of the next ten workdays.</summary>
    private DateOnly Workdays() =>
        letter
            .Ask.First(
                10,
                "SELECT date FROM bi.dim_date WHERE date >= ? AND coalesce(is_weekend, 0) = 0 "
                    + "AND coalesce(is_holiday, 0) = 0 ORDER BY date",
                row => Questions.Day(row, 0)!.Value,
                _day
            )
            .DefaultIfEmpty(_day.AddDays(13))
            .Last();

    private List<Need> Resources(DateOnly until) =>
        letter.Ask.First(
            MostOfOne,
            """
            SELECT resource, sum(planned_minutes) / 60.0, sum(available_minutes) / 60.0
            FROM bi.utilisation_day
            WHERE resource_key <> -1 AND date >= ? AND date <= ?
            GROUP BY resource_key, resource
            HAVING sum(planned_minutes) > sum(available_minutes)
            ORDER BY sum(planned_minutes) - sum(available_minutes) DESC, resource
            """,
            row =>
            {
                var (planned, available) = (Number(row, 1), Number(row, 2));
                return new Need(
                    planned - available,
                    Questions.Text(row, 0),
                    letter.T(
                        $"{_words.Hours(planned)} planned in the next 10 workdays, {_words.Hours(available)} available",
                        $"{_words.Hours(planned)} gepland in de komende 10 werkdagen, {_words.Hours(available)} "
                            + "beschikbaar"
                    )
                );
            },
            _day,
            until
        );

    private List<Need> Stages(DateOnly until) =>
        letter.Ask.First(
            MostOfOne,
            """
            SELECT stage, sum(planned_minutes) / 60.0, sum(available_minutes) / 60.0, max(band_max_percent)
            FROM bi.stage_load
            WHERE stage_key <> -1 AND date >= ? AND date <= ?
            GROUP BY stage_key, stage
            HAVING 100.0 * sum(planned_minutes) > max(band_max_percent) * sum(available_minutes)
            ORDER BY sum(planned_minutes) - max(band_max_percent) * sum(available_minutes) / 100.0 DESC, stage
            """,
            row =>
            {
                var (planned, available, band) = (Number(row, 1), Number(row, 2), Number(row, 3) / 100);
                return new Need(
                    planned - (band * available),
                    Questions.Text(row, 0),
                    letter.T(
                        $"stage loaded to {Share()} in the next 10 workdays; its band ends at {_words.Percent(band)}",
                        $"fase belast tot {Share()} in de komende 10 werkdagen; de band eindigt bij "
                            + _words.Percent(band)
                    )
                );

                string Share() => _words.Percent(available > 0 ? planned / available : null);
            },
            _day,
            until
        );

    /// <summary>What the card's resources have left is what they are available, less what other cards take.</summary>
    private List<Need> DueCards() =>
        letter.Ask.First(
            MostOfOne,
            """
            WITH due AS (
                SELECT card_key, due_date, remaining_minutes
                FROM bi.fact_card
                WHERE coalesce(is_completed, 0) = 0 AND remaining_minutes > 0 AND due_date >= ? AND due_date <= ?
            ),
            room AS (
                SELECT due.card_key, sum(u.available_minutes - u.planned_minutes) AS minutes
                FROM due
                JOIN bi.bridge_card_resource b ON b.card_key = due.card_key
                JOIN bi.utilisation_day u ON u.resource_key = b.resource_key AND u.date >= ? AND u.date <= due.due_date
                WHERE u.available_minutes IS NOT NULL AND u.date <= ?
                GROUP BY due.card_key
            ),
            own AS (
                SELECT due.card_key, sum(p.planned_minutes) AS minutes
                FROM due
                JOIN bi.fact_planned_day p ON p.card_key = due.card_key AND p.date >= ? AND p.date <= due.due_date
                WHERE p.resource_key <> -1
                GROUP BY due.card_key
            )
            SELECT c.name, due.due_date, due.remaining_minutes / 60.0, (room.minutes + coalesce(own.minutes, 0)) / 60.0
            FROM due
            JOIN room ON room.card_key = due.card_key
            LEFT JOIN own ON own.card_key = due.card_key
            LEFT JOIN bi.dim_card c ON c.card_key = due.card_key
            WHERE due.remaining_minutes > room.minutes + coalesce(own.minutes, 0)
            ORDER BY due.remaining_minutes - room.minutes - coalesce(own.minutes, 0) DESC, c.name
            """,
            row =>
            {
                var (left, room) = (Number(row, 2), Math.Max(Number(row, 3), 0));
                var due = _words.Day(Questions.Day(row, 1));
                return new Need(
                    left - room,
                    Questions.Text(row, 0),
                    letter.T(
                        $"due {due}: {_words.Hours(left)} to do, and its resources have {_words.Hours(room)} left",
                        $"klaar op {due}: nog {_words.Hours(left)} werk, en de resources hebben {_words.Hours(room)}"
                    )
                );
            },
            _day,
            _day.AddDays(5),
            _day,
            _day.AddDays(5),
            _day
        );

    private List<Need> Slipped() =>
        letter.Ask.First(
            MostOfOne,
            """
            SELECT card, slip_days, old_end_date, new_end_date FROM bi.plan_slip
            WHERE slip_days > 5 AND changed_on >= ? AND changed_on <= ?
            ORDER BY slip_days DESC, card
            """,
            row =>
            {
                var (old, now) = (Day(row, 2), Day(row, 3));
                var days = _words.Number(Number(row, 1));
                return new Need(
                    Number(row, 1) * HoursOfDay,
                    Questions.Text(row, 0),
                    letter.T(
                        $"slipped {days} days since yesterday: from {old} to {now}",
                        $"sinds gisteren {days} dagen verschoven: van {old} naar {now}"
                    )
                );
            },
            _day.AddDays(-1),
            _day
        );

    private List<Need> Timers() =>
        letter.Ask.First(
            MostOfOne,
            """
            SELECT u.full_name, e.started_at
            FROM bi.fact_time_entry e
            LEFT JOIN bi.dim_user u ON u.user_key = e.user_key
            WHERE e.is_running = 1 AND e.started_at < ?
            ORDER BY e.started_at, u.full_name
            """,
            row =>
            {
                var hours = (letter.Now - row.GetDateTime(1)).TotalHours;
                return new Need(
                    hours,
                    Questions.Text(row, 0),
                    letter.T($"a timer runs for {_words.Hours(hours)}", $"een timer loopt al {_words.Hours(hours)}")
                );
            },
            letter.Now.AddHours(-12)
        );

    private List<Need> LateOrders() =>
        letter.Ask.First(
            MostOfOne,
            """
            SELECT name, relation, due_date FROM bi.delivery
            WHERE done_date IS NULL AND due_date < ?
            ORDER BY due_date, name
            """,
            row =>
            {
                var due = Questions.Day(row, 2)!.Value;
                var (days, of) = (_day.DayNumber - due.DayNumber, Questions.Text(row, 1));
                return new Need(
                    days * HoursOfDay,
                    Questions.Text(row, 0),
                    letter.T(
                        $"promised to {of} on {_words.Day(due)}: {_words.Count(days)} days late",
                        $"beloofd aan {of} op {_words.Day(due)}: {_words.Count(days)} dagen te laat"
                    )
                );
            },
            _day
        );

    private string Day(DbDataReader row, int column) => _words.Day(Questions.Day(row, column));

    private static double Number(DbDataReader row, int column) => Questions.Number(row, column) ?? 0;
}
