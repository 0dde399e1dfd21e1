using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Report;

/// <summary>The eight figures that the report, <c>status</c> and <c>demo</c> show, each by its measure.</summary>
/// <param name="zone">Of the environment.</param>
/// <param name="isTimeRefused">vPlan gives no time entries: hours that are not there are not known.</param>
internal sealed class Figures(Questions ask, Period period, TimeZoneInfo zone, bool isTimeRefused)
{
    private const int History = 8;
    private const string Assigned = "resource_key <> -1";
    private const string Weeks = "iso_year_week >= ? AND iso_year_week <= ?";

    private static readonly Table Dates = Catalog.Tables.Single(t => t.Name == "dim_date");
    private static readonly Table Resources = Catalog.Tables.Single(t => t.Name == "dim_resource");
    private static readonly Table Cards = Catalog.Tables.Single(t => t.Name == "fact_card");

    private List<Noted>? _noted;

    public static IReadOnlyList<Figure> Read(
        Questions ask,
        Period period,
        TimeZoneInfo zone,
        IReadOnlyList<TableProof> tables
    )
    {
        var figures = new Figures(
            ask,
            period,
            zone,
            tables.Any(t => t is { Table: "fact_time_entry", Refused: not "" })
        );
        return
        [
            figures.Utilisation(),
            figures.OpenCards(),
            figures.Overdue(),
            figures.Backlog(),
            figures.OnTime(),
            figures.Slip(),
            figures.Tracked(),
            figures.Approval(),
        ];
    }

    private Figure Utilisation()
    {
        var (first, last) = (period.Week(1 - History), period.Week(1));
        var where = $"{Assigned} AND {Weeks}";
        var planned = ask.By("iso_year_week", PlanningMeasures.Planned, where, first, last);
        var available = ask.By("iso_year_week", CapacityMeasures.Available, where, first, last);
        return new Figure(
            "utilisation",
            ("Utilisation this week", "Bezetting deze week"),
            (
                "Planned hours that resources are assigned, divided by the hours that they are available.",
                "Geplande uren die aan resources zijn toegewezen, gedeeld door hun beschikbare uren."
            ),
            MeasureFormat.Percent,
            ThisWeek(),
            Share(period.Week(-1)),
            [.. period.Weeks(1 - History, 0).Select(Share)]
        )
        {
            Next = Share(period.Week(1)),
        };

        double? ThisWeek()
        {
            Slice[] slices = [Slice.Of(Dates, $"iso_year_week = '{period.Week(0)}'"), Slice.Of(Resources, Assigned)];
            return ask.Sliced(CapacityMeasures.Available, slices) is > 0 and var hours
                ? (ask.Sliced(PlanningMeasures.Planned, slices) ?? 0) / hours
                : null;
        }

        double? Share(string week) =>
            available.GetValueOrDefault(week) is > 0 and var hours ? planned.GetValueOrDefault(week) / hours : null;
    }

    private Figure OpenCards()
    {
        var weeks = AtEndsOfWeeks("created_date <= d.date");
        var value = ask.Sliced(CardMeasures.OpenCards) ?? 0;
        return new Figure(
            "open_cards",
            ("Open cards", "Open kaarten"),
            (CardMeasures.OpenCards.Meaning, "Kaarten die niet voltooid zijn."),
            MeasureFormat.Count,
            value,
            weeks[^1],
            [.. weeks, value]
        );
    }

    private Figure Overdue()
    {
        var weeks = AtEndsOfWeeks("due_date < d.date");
        var value =
            ask.Sliced(
                CardMeasures.OpenCards,
                Slice.Of(Cards, FormattableString.Invariant($"due_date < '{period.Day:yyyy-MM-dd}'"))
            ) ?? 0;
        return new Figure(
            "overdue",
            ("Overdue cards", "Kaarten over datum"),
            (CardMeasures.Overdue.Meaning, "Open kaarten waarvan de uiterste datum voorbij is."),
            MeasureFormat.Count,
            value,
            weeks[^1],
            [.. weeks, value]
        );
    }

    private Figure Backlog()
    {
        var weeks = AtRunsOfWeeks(n => n.Backlog);
        var value = ask.Value(BacklogMeasures.BacklogHours) ?? 0;
        return new Figure(
            "backlog_hours",
            ("Backlog hours", "Werkvoorraad in uren"),
            (
                BacklogMeasures.BacklogHours.Meaning,
                "Resterende uren van werk dat niet gepland is: kaarten zonder begindag, en collecties zonder kaarten."
            ),
            MeasureFormat.Hours,
            value,
            weeks[^1],
            weeks.Any(week => week is not null) ? [.. weeks, value] : []
        );
    }

    private Figure OnTime()
    {
        var weeks = AtEachWeek(OnTime);
        return new Figure(
            "on_time",
            ("On time, last 28 days", "Op tijd, laatste 28 dagen"),
            (
                "Orders and collections done in the last 28 days: share on their promised or due date, or before it.",
                "Orders en collecties die in de laatste 28 dagen klaar zijn: aandeel op of voor de beloofde datum."
            ),
            MeasureFormat.Percent,
            weeks[^1],
            weeks[^2],
            weeks
        );
    }

    private double? OnTime(DateOnly day) =>
        ask.Value(DeliveryMeasures.OnTime, "done_date > ? AND done_date <= ?", day.AddDays(-28), day);

    private Figure Slip()
    {
        var weeks = AtEachWeek(Slip);
        return new Figure(
            "slip_days",
            ("Days slipped, last 7 days", "Dagen verschoven, laatste 7 dagen"),
            (
                "Days that planned last days moved later, added up, in changes that runs saw in the last 7 days.",
                "Dagen dat geplande laatste dagen naar later zijn verschoven, opgeteld, in de laatste 7 dagen."
            ),
            MeasureFormat.Days,
            weeks[^1],
            weeks[^2],
            weeks
        );
    }

    private double? Slip(DateOnly day) =>
        ask.Value(PlanChangeMeasures.Slip, "slip_days > 0 AND changed_on > ? AND changed_on <= ?", day.AddDays(-7), day)
        ?? 0;

    private Figure Tracked()
    {
        var (first, last) = (period.Week(-History), period.Week(-1));
        var tracked = ask.By("iso_year_week", TimeMeasures.Tracked, Weeks, first, last);
        return new Figure(
            "tracked_hours",
            ("Hours tracked last week", "Uren geboekt vorige week"),
            (TimeMeasures.Tracked.Meaning, "Uren van urenregels waarvan de timer gestopt is."),
            MeasureFormat.Hours,
            Hours(last),
            Hours(period.Week(-2)),
            [.. period.Weeks(-History, -1).Select(Hours)]
        )
        {
            Planned = ask.Value(PlanningMeasures.Planned, "iso_year_week = ?", last) ?? 0,
        };

        double? Hours(string week) => isTimeRefused && tracked.Count == 0 ? null : tracked.GetValueOrDefault(week);
    }

    private Figure Approval()
    {
        const string Pending = "status = 'pending'";
        var weeks = ask.By(
            "iso_year_week",
            TimeMeasures.HoursToApprove,
            $"{Pending} AND {Weeks}",
            period.Week(1 - History),
            period.Week(0)
        );
        var waiting = ask.Value(TimeMeasures.HoursToApprove, Pending) ?? (isTimeRefused ? null : 0);
        return new Figure(
            "approval_hours",
            ("Hours waiting for approval", "Uren die op goedkeuring wachten"),
            (
                "Tracked hours with the status pending; its line shows them by the week of the work.",
                "Geboekte uren met de status pending; de lijn toont ze per week van het werk."
            ),
            MeasureFormat.Hours,
            waiting,
            isTimeRefused ? null : AtRunsOfWeeks(n => n.Approval)[^1],
            waiting is null
                ? []
                : [.. period.Weeks(1 - History, 0).Select(week => (double?)weeks.GetValueOrDefault(week))]
        );
    }

    /// <summary>A figure on the day and on the same day of the weeks before, the oldest first.</summary>
    private IReadOnlyList<double?> AtEachWeek(Func<DateOnly, double?> figure) =>
        [.. Enumerable.Range(1 - History, History).Select(week => figure(period.Day.AddDays(7 * week)))];

    /// <summary>What the last runs of the seven weeks before noted, the oldest first; null where no run of a week noted
    /// it. Only the journal says what these were, because vPlan keeps no history.</summary>
    private IReadOnlyList<double?> AtRunsOfWeeks(Func<Noted, double?> hours) =>
        [
            .. period
                .Weeks(1 - History, -1)
                .Select(week => OfRuns.Where(n => n.Week == week).Select(hours).LastOrDefault(h => h is not null)),
        ];

    private List<Noted> OfRuns =>
        _noted ??= ask.Rows(
            "SELECT started_at, r.* FROM etl.run r ORDER BY sequence",
            row => new Noted(
                IsoWeek.NameOf(LocalDay(row.GetDateTime(0))),
                Questions.Number(row, "backlog_hours"),
                Questions.Number(row, "approval_hours")
            )
        );

    /// <summary>What a run of a week left; null where it is an earlier version's.</summary>
    private sealed record Noted(string Week, double? Backlog, double? Approval);

    private DateOnly LocalDay(DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone));

    /// <summary>Cards that were open at the ends of the last seven weeks, by the days they were made and
    /// completed.</summary>
    private IReadOnlyList<double?> AtEndsOfWeeks(string condition)
    {
        var counts = ask.Rows(
                $"""
                SELECT d.iso_year_week, count(*)
                FROM bi.dim_date d
                JOIN bi.fact_card f ON f.{condition} AND f.created_date <= d.date
                    AND (f.completed_date > d.date OR f.completed_date IS NULL AND coalesce(f.is_completed, 0) = 0)
                WHERE d.weekday = 7 AND d.date >= ? AND d.date <= ?
                GROUP BY d.iso_year_week
                """,
                row => (Week: Questions.Text(row, 0), Cards: Questions.Number(row, 1)),
                period.Sunday(1 - History),
                period.Sunday(-1)
            )
            .ToDictionary(row => row.Week, row => row.Cards);
        return [.. period.Weeks(1 - History, -1).Select(week => counts.GetValueOrDefault(week) ?? 0)];
    }
}
