using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>A difference in the plan.</summary>
/// <param name="ChangedOn">Day of the run that saw it; of several, the last one.</param>
/// <param name="Name">Of the card, the collection or the order.</param>
/// <param name="Of">A card's collection; how many cards changed of the others.</param>
/// <param name="What">What is different, such as <c>end_date</c>.</param>
/// <param name="Days">By which a date moved; later is positive.</param>
internal sealed record PlanDifference(
    DateOnly ChangedOn,
    string Name,
    string Of,
    string What,
    string Old,
    string New,
    int? Days
);

/// <summary>What changed in the plan since a day, of the lake's history: it is there whichever warehouse is
/// used.</summary>
internal sealed class PlanChanges(DeltaLake lake, TimeZoneInfo zone)
{
    private const string Unknown = "Unknown";

    private static readonly string[] Dates = ["start_date", "end_date", "due_date"];

    /// <summary>A line for each property of a card that a run saw changed.</summary>
    public async Task<IReadOnlyList<PlanDifference>> OfCardsAsync(DateOnly since, CancellationToken cancellationToken)
    {
        var stages = await NamesAsync(Stages.Dim, "name", cancellationToken);
        var statuses = await NamesAsync(Boards.Statuses, "name", cancellationToken);
        var cards = await NamesAsync(Cards.Dim, "name", cancellationToken);
        var collections = await NamesAsync(Collections.Dim, "name", cancellationToken);
        var collectionOf = await KeysAsync(Cards.Dim, "collection_key", cancellationToken);
        var found = new List<PlanDifference>();
        await foreach (var batch in lake.ReadAsync(PlanHistory.Changes, columns: null, cancellationToken))
        {
            foreach (var row in Since(batch, since))
            {
                var card = batch.Typed<long>("card_key")[row];
                found.AddRange(
                    Properties(batch, row, stages, statuses)
                        .Select(p => new PlanDifference(
                            batch.Typed<DateOnly>("changed_on")[row],
                            cards.GetValueOrDefault(card, Unknown),
                            collections.GetValueOrDefault(collectionOf.GetValueOrDefault(card), Unknown),
                            p.What,
                            p.Old,
                            p.New,
                            p.Days
                        ))
                );
            }
        }
        return Ordered(found);
    }

    /// <summary>Of each collection, or of each order that one was made of, with a card whose plan changed: its plan as
    /// it was when the day began, against what it is. That of a collection is that of its cards.</summary>
    public async Task<IReadOnlyList<PlanDifference>> OfJobsAsync(
        DateOnly since,
        bool byOrder,
        CancellationToken cancellationToken
    )
    {
        var jobOf = await JobsAsync(byOrder, cancellationToken);
        var names = byOrder
            ? await NamesAsync(Orders.Dim, "code", cancellationToken)
            : await NamesAsync(Collections.Dim, "name", cancellationToken);
        var changed = new Dictionary<long, (DateOnly Last, HashSet<long> Cards)>();
        await foreach (var batch in lake.ReadAsync(PlanHistory.Changes, columns: null, cancellationToken))
        {
            foreach (var row in Since(batch, since))
            {
                var (card, day) = (batch.Typed<long>("card_key")[row], batch.Typed<DateOnly>("changed_on")[row]);
                var job = jobOf.GetValueOrDefault(card, SurrogateKey.Unknown);
                var (last, cards) = changed.GetValueOrDefault(job, (day, []));
                cards.Add(card);
                changed[job] = (day > last ? day : last, cards);
            }
        }
        var (before, now) = await PlansAsync(since, jobOf, cancellationToken);
        return Ordered(
            from job in changed
            from difference in JobPlan.Compare(before.GetValueOrDefault(job.Key), now.GetValueOrDefault(job.Key))
            select new PlanDifference(
                job.Value.Last,
                names.GetValueOrDefault(job.Key, Unknown),
                job.Value.Cards.Count.ToString(CultureInfo.InvariantCulture),
                difference.What,
                difference.Old,
                difference.New,
                difference.Days
            )
        );
    }

    /// <summary>The day on which the history begins; null before the first run.</summary>
    public async Task<DateOnly?> BeginAsync(CancellationToken cancellationToken) =>
        await FirstAsync(cancellationToken) is { } first ? new BusinessZone(zone).DateOf(first) : null;

    private async Task<DateTime?> FirstAsync(CancellationToken cancellationToken)
    {
        DateTime? first = null;
        await foreach (var batch in lake.ReadAsync(PlanHistory.Cards, ["valid_from"], cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (first is null || batch.Typed<DateTime>("valid_from")[row] < first)
                    first = batch.Typed<DateTime>("valid_from")[row];
            }
        }
        return first;
    }

    /// <summary>The plan of each job when the day began, or as the first run saw it, and as it is.</summary>
    private async Task<(Dictionary<long, JobPlan> Before, Dictionary<long, JobPlan> Now)> PlansAsync(
        DateOnly since,
        Dictionary<long, long> jobOf,
        CancellationToken cancellationToken
    )
    {
        var midnight = TimeZoneInfo.ConvertTimeToUtc(MidnightOf(since), zone);
        var at = await FirstAsync(cancellationToken) is { } first && first > midnight ? first : midnight;
        var (before, now) = (new Dictionary<long, JobPlan>(), new Dictionary<long, JobPlan>());
        await foreach (var batch in lake.ReadAsync(PlanHistory.Cards, columns: null, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (!SystemColumns.Live(batch, row))
                    continue;
                var job = jobOf.GetValueOrDefault(batch.Typed<long>("card_key")[row], SurrogateKey.Unknown);
                var plan = JobPlan.OfCard(batch, row);
                if (batch.Typed<bool>("is_current")[row])
                    now[job] = plan.With(now.GetValueOrDefault(job));
                if (IsValidAt(batch, row, at))
                    before[job] = plan.With(before.GetValueOrDefault(job));
            }
        }
        return (before, now);
    }

    /// <summary>Where clocks jump over midnight, the day begins when they have.</summary>
    private DateTime MidnightOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return midnight;
    }

    private static bool IsValidAt(RowBatch batch, int row, DateTime at) =>
        batch.Typed<DateTime>("valid_from")[row] <= at
        && (batch["valid_to"].IsNull(row) || batch.Typed<DateTime>("valid_to")[row] > at);

    private static IEnumerable<int> Since(RowBatch batch, DateOnly since) =>
        Enumerable
            .Range(0, batch.Count)
            .Where(row => SystemColumns.Live(batch, row) && batch.Typed<DateOnly>("changed_on")[row] >= since);

    private static IEnumerable<Difference> Properties(
        RowBatch batch,
        int row,
        Dictionary<long, string> stages,
        Dictionary<long, string> statuses
    )
    {
        var type = batch.Typed<string>("change_type")[row];
        if (type != "changed")
            yield return new Difference(
                type,
                type == "removed" ? Stretch("old_") : "",
                type == "added" ? Stretch("new_") : "",
                null
            );
        else
        {
            foreach (var name in Dates)
            {
                if (Difference.OfDates(name, Date($"old_{name}"), Date($"new_{name}")) is { } moved)
                    yield return moved;
            }
            foreach (var (name, names) in new[] { ("stage", stages), ("status", statuses) })
            {
                var (old, now) = (Key($"old_{name}_key"), Key($"new_{name}_key"));
                if (old != now)
                    yield return new Difference(
                        name,
                        names.GetValueOrDefault(old, Unknown),
                        names.GetValueOrDefault(now, Unknown),
                        null
                    );
            }
            if (
                Difference.OfNumbers("planned_minutes", Number("old_planned_minutes"), Number("new_planned_minutes")) is
                { } grown
            )
                yield return grown;
        }

        string Stretch(string prefix) =>
            $"{Difference.Text(Date($"{prefix}start_date"))} to {Difference.Text(Date($"{prefix}end_date"))}";

        DateOnly? Date(string column) => batch[column].IsNull(row) ? null : batch.Typed<DateOnly>(column)[row];

        long Key(string column) => batch.Typed<long>(column)[row];

        long? Number(string column) => batch[column].IsNull(row) ? null : batch.Typed<long>(column)[row];
    }

    /// <summary>The job of each card.</summary>
    private async Task<Dictionary<long, long>> JobsAsync(bool byOrder, CancellationToken cancellationToken)
    {
        var collectionOf = await KeysAsync(Cards.Dim, "collection_key", cancellationToken);
        if (!byOrder)
            return collectionOf;
        var orderOf = await KeysAsync(Collections.Dim, "order_key", cancellationToken);
        return collectionOf.ToDictionary(c => c.Key, c => orderOf.GetValueOrDefault(c.Value, SurrogateKey.Unknown));
    }

    private async Task<Dictionary<long, string>> NamesAsync(
        Table table,
        string column,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<long, string>();
        await foreach (var batch in lake.ReadAsync(table, [table.Key.Name, column], cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
                names[batch.Key(row)] = batch[column].IsNull(row) ? Unknown : batch.Typed<string>(column)[row];
        }
        return names;
    }

    private async Task<Dictionary<long, long>> KeysAsync(
        Table table,
        string column,
        CancellationToken cancellationToken
    )
    {
        var keys = new Dictionary<long, long>();
        await foreach (var batch in lake.ReadAsync(table, [table.Key.Name, column], cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
                keys[batch.Key(row)] = batch.Typed<long>(column)[row];
        }
        return keys;
    }

    private static IReadOnlyList<PlanDifference> Ordered(IEnumerable<PlanDifference> found) =>
        [
            .. found
                .OrderByDescending(d => d.ChangedOn)
                .ThenBy(d => d.Of, StringComparer.Ordinal)
                .ThenBy(d => d.Name, StringComparer.Ordinal),
        ];
}
