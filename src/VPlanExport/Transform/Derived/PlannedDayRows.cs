using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Transform.Derived;

/// <summary>The rows of fact_planned_day: made again from the star as it is after the run, and written where they
/// differ from what was there.</summary>
internal sealed class PlannedDayRows(IBaseline baseline, IReadOnlyList<TableChange> changes)
{
    private static readonly string[] Weekdays =
    [
        "works_sunday",
        "works_monday",
        "works_tuesday",
        "works_wednesday",
        "works_thursday",
        "works_friday",
        "works_saturday",
    ];
    private static readonly bool[] MondayToFriday = [false, true, true, true, true, true, false];

    private readonly Dictionary<long, bool[]> _workdays = [];
    private readonly Dictionary<long, string?> _typeOfActivity = [];
    private readonly Dictionary<long, string?> _typeOfResource = [];
    private readonly Dictionary<(long Resource, int Day), bool> _hours = [];
    private readonly Dictionary<long, List<PlannedWork>> _work = [];
    private readonly Dictionary<long, List<AssignedResource>> _assigned = [];
    private readonly Dictionary<long, (long Minutes, string? Method)> _there = [];

    /// <returns>The keys of rows that are no longer there.</returns>
    public async Task<IReadOnlyList<long>> MakeAsync(DerivedRows rows)
    {
        await ReadAsync();
        await foreach (
            var (days, row) in baseline
                .Before(PlannedDays.Fact, [PlannedDays.Fact.Key.Name, "planned_minutes", "method", "is_deleted"])
                .UndeletedAsync()
        )
            _there[days.Key(row)] = (days.Typed<long>("planned_minutes")[row], days.Typed<string>("method")[row]);
        await foreach (var (cards, row) in baseline.After(changes, Cards.Fact).UndeletedAsync())
        {
            foreach (var (card, day) in DaysOf(cards, row))
            {
                var key = KeyOf(card, day);
                if (!_there.Remove(key, out var was) || was != (day.Minutes, day.Method))
                    await rows.AddAsync(batch => Fill(batch, key, card, day));
            }
        }
        await rows.FlushAsync();
        return [.. _there.Keys];
    }

    private static void Fill(RowBatch batch, long key, long card, PlannedDay day)
    {
        batch.Typed<long>(PlannedDays.Fact.Key.Name).Append(key);
        batch.Typed<long>("card_key").Append(card);
        batch.Typed<long>("resource_key").Append(day.Resource);
        batch.Typed<long>("activity_key").Append(day.Activity);
        batch.Typed<DateOnly>("date").Append(day.Date);
        batch.Typed<int>("date_key").Append(BusinessZone.KeyOf(day.Date));
        batch.Typed<long>("planned_minutes").Append(day.Minutes);
        batch.Typed<bool>("is_estimate").Append(true);
        batch.Typed<string>("method").Append(day.Method);
    }

    private static long KeyOf(long card, PlannedDay day) =>
        SurrogateKey.Of(
            "planned_day",
            string.Create(CultureInfo.InvariantCulture, $"{card}|{day.Resource}|{day.Activity}|{day.Date.DayNumber}")
        );

    private async Task ReadAsync()
    {
        await foreach (var (boards, row) in baseline.After(changes, Boards.Dim).UndeletedAsync())
            _workdays[boards.Key(row)] =
            [
                .. Weekdays.Select(
                    (column, day) => boards[column].IsNull(row) ? MondayToFriday[day] : boards.Typed<bool>(column)[row]
                ),
            ];
        await foreach (var (activities, row) in baseline.After(changes, Activities.Dim).UndeletedAsync())
            _typeOfActivity[activities.Key(row)] = Text(activities, "resource_type", row);
        await foreach (var (resources, row) in baseline.After(changes, Resources.Dim).UndeletedAsync())
            _typeOfResource[resources.Key(row)] = Text(resources, "resource_type", row);
        await foreach (var (days, row) in baseline.After(changes, Schedules.Fact).UndeletedAsync())
        {
            if (!days["date"].IsNull(row) && !days["hours_available"].IsNull(row))
                _hours[(days.Typed<long>("resource_key")[row], days.Typed<DateOnly>("date")[row].DayNumber)] =
                    days.Typed<decimal>("hours_available")[row] > 0;
        }
        await foreach (var (work, row) in baseline.After(changes, Cards.ActivityFact).UndeletedAsync())
        {
            var activity = work.Typed<long>("activity_key")[row];
            if (!work["planned_minutes"].IsNull(row))
                Add(
                    _work,
                    work.Typed<long>("card_key")[row],
                    new PlannedWork(
                        activity,
                        _typeOfActivity.GetValueOrDefault(activity),
                        work.Typed<long>("planned_minutes")[row]
                    )
                );
        }
        await foreach (var (links, row) in baseline.After(changes, Cards.ResourceBridge).UndeletedAsync())
        {
            var resource = links.Typed<long>("resource_key")[row];
            Add(
                _assigned,
                links.Typed<long>("card_key")[row],
                new AssignedResource(resource, _typeOfResource.GetValueOrDefault(resource))
            );
        }
    }

    /// <summary>An activity that stands on the card twice is planned once, with the sum; minutes of the card beyond its
    /// activities have none.</summary>
    private IEnumerable<(long Card, PlannedDay Day)> DaysOf(RowBatch cards, int row)
    {
        if (cards["start_date"].IsNull(row))
            return [];
        var card = cards.Typed<long>("card_key")[row];
        var work = _work
            .GetValueOrDefault(card, [])
            .GroupBy(w => w.Activity)
            .Select(same => same.First() with { Minutes = Total(same) })
            .ToList();
        if (!cards["planned_minutes"].IsNull(row))
            work.Add(
                new PlannedWork(SurrogateKey.Unknown, null, cards.Typed<long>("planned_minutes")[row] - Total(work))
            );
        var workdays = _workdays.GetValueOrDefault(cards.Typed<long>("board_key")[row], MondayToFriday);
        var spread = new PlanSpread(
            day => workdays[(int)day.DayOfWeek],
            (resource, day) => _hours.TryGetValue((resource, day.DayNumber), out var has) ? has : null
        );
        return spread
            .Of(
                cards.Typed<DateOnly>("start_date")[row],
                cards["end_date"].IsNull(row) ? null : cards.Typed<DateOnly>("end_date")[row],
                work,
                _assigned.GetValueOrDefault(card, [])
            )
            .Select(day => (card, day));
    }

    /// <summary>A card's minutes are added up in the same way, so that what an overflow leaves fits on both
    /// sides.</summary>
    private static long Total(IEnumerable<PlannedWork> work) =>
        work.Aggregate(0L, (sum, piece) => unchecked(sum + piece.Minutes));

    private static string? Text(RowBatch batch, string column, int row) =>
        batch[column].IsNull(row) ? null : batch.Typed<string>(column)[row];

    private static void Add<T>(Dictionary<long, List<T>> lists, long key, T element)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        list.Add(element);
    }
}
