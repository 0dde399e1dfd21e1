using System.Text.Json.Nodes;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

/// <summary>The figures that someone sees who tries the demo are those of a plant that could exist.</summary>
[Trait("Tier", "unit")]
public sealed class LifelikeTests
{
    private static readonly DateOnly Today = new(2026, 9, 15);

    private static readonly SandboxOptions Small = new()
    {
        Size = SandboxSize.Small,
        Today = Today,
        HasOddTexts = false,
    };

    private static readonly Lazy<JsonObject> World = new(() => Saved(Small));

    private static readonly Dictionary<string, string> TypeOfActivity = Rows("activity")
        .ToDictionary(Id, row => Text(row, "resource_type")!);

    private static readonly Dictionary<string, string> TypeOfResource = Rows("resource")
        .ToDictionary(Id, row => Text(row, "type")!);

    private static readonly Dictionary<string, string?> ResourceOfUser = Rows("user")
        .ToDictionary(Id, row => Text(row, "resource_id"));

    private static IEnumerable<JsonNode> Finished => Rows("time_tracking").Where(row => Text(row, "end") is not null);

    [Fact]
    public void Time_follows_the_plan_of_each_activity()
    {
        var planned = Rows("card")
            .SelectMany(card => Works(card).Select(work => (Key: (Id(card), work.Activity), work.Minutes)))
            .ToDictionary(work => work.Key, work => work.Minutes);
        var tracked = Finished.Where(row => Text(row, "card_id") is not null).ToList();
        foreach (var activity in tracked.GroupBy(row => Text(row, "activity_id")!))
        {
            var cards = activity.Select(row => (Text(row, "card_id")!, activity.Key)).Distinct();
            Percent(cards.Sum(key => planned.GetValueOrDefault(key)), activity.Sum(Duration))
                .Should()
                .BeInRange(60, 140, $"that is the productivity of {activity.Key}");
        }
        Percent(tracked.Count, Finished.Count()).Should().BeGreaterThan(90, "people write time on cards");
    }

    [Fact]
    public void Resources_are_planned_for_most_of_their_time_in_nearly_every_month()
    {
        var available = Schedule(row => Number(row, "hours_available") * 60 / 1000);
        var planned = new Dictionary<(string, DateOnly), double>();
        foreach (var (key, minutes) in PlannedDays(available))
            planned[Month(key)] = planned.GetValueOrDefault(Month(key)) + minutes;
        var shares = available
            .GroupBy(day => Month(day.Key), day => day.Value)
            .Where(month => month.Key.First > Today.AddYears(-1) && month.Key.First < Today.AddMonths(-1))
            .Where(month => month.Sum() > 40 * 60)
            .Select(month => Percent(planned.GetValueOrDefault(month.Key), month.Sum()))
            .ToList();

        shares.Count.Should().BeGreaterThan(90);
        shares.Should().OnlyContain(share => share > 45 && share < 130);
        Percent(shares.Count(share => share is >= 60 and <= 110), shares.Count).Should().BeGreaterThan(95);
        shares.Average().Should().BeInRange(75, 95);
    }

    [Fact]
    public void Machines_and_cells_write_time_as_people_do()
    {
        var available = Schedule(row => Number(row, "hours_available") * 60 / 1000)
            .Where(day => day.Key.Day < Today.DayNumber)
            .GroupBy(day => TypeOfResource[day.Key.Resource])
            .ToDictionary(type => type.Key, type => type.Sum(day => day.Value));
        var tracked = Finished.GroupBy(row => TypeOfResource[ResourceOfUser[Text(row, "user_id")!]!]).ToList();

        tracked.Select(type => type.Key).Should().BeEquivalentTo("employee", "machine", "cell");
        foreach (var type in tracked)
            Percent(type.Sum(Duration), available[type.Key]).Should().BeInRange(70, 100, type.Key);
    }

    [Fact]
    public void Hours_that_wait_for_approval_are_a_weeks_and_none_is_old()
    {
        var waiting = Finished.Where(row => Text(row, "status") is "pending" or "draft").ToList();
        var week = Finished.Where(row => DayOfSecond(Number(row, "start")) > Today.DayNumber - 8).Sum(Duration);

        Percent(waiting.Sum(Duration), week).Should().BeInRange(10, 120);
        waiting.Min(row => DayOfSecond(Number(row, "start"))).Should().BeGreaterThan(Today.DayNumber - 22);
    }

    [Fact]
    public void August_and_December_are_quiet()
    {
        var leave = Schedule(row => Number(row, "hours_leave"));
        var work = Schedule(row => Number(row, "hours_work"));
        var minutes = Finished
            .GroupBy(row => DayOfSecond(Number(row, "start")))
            .ToDictionary(day => day.Key, day => day.Sum(Duration));

        Percent(Of(leave, 2026, 8), Of(work, 2026, 8)).Should().BeInRange(40, 75);
        Percent(Of(leave, 2025, 12), Of(work, 2025, 12)).Should().BeInRange(10, 40);
        Percent(Hours(2026, 8), Hours(2026, 6)).Should().BeLessThan(60);
        Percent(Hours(2025, 12), Hours(2025, 10)).Should().BeLessThan(90);

        double Hours(int year, int month) => minutes.Where(day => IsIn(day.Key, year, month)).Sum(day => day.Value);
    }

    [Fact]
    public void Work_far_ahead_is_a_backlog_and_no_pile()
    {
        var backlog = Rows("collection").Where(row => Text(row, "status") == "not_planned").ToList();
        var starts = Rows("card").Select(row => Number(row, "start_date")).ToList();

        backlog.Count.Should().BeInRange(15, 60);
        Percent(backlog.Count(row => Number(row, "due_date") > Today.DayNumber), backlog.Count)
            .Should()
            .BeGreaterThan(80);
        PerDay(45, 75).Should().BeLessThan(PerDay(-365, 30) * 0.8);
        PerDay(75, 120).Should().BeLessThan(PerDay(45, 75) * 0.5);

        double PerDay(int from, int to) =>
            starts.Count(day => day >= Today.DayNumber + from && day < Today.DayNumber + to) / (double)(to - from);
    }

    [Fact]
    public void Most_orders_and_collections_are_on_time()
    {
        var orders = Rows("order")
            .Select(row => (Done: Text(row, "delivered_date"), Due: Number(row, "promised_date"), Row: row))
            .Where(order => order.Done is not null || order.Due < Today.DayNumber)
            .ToList();
        var cards = Rows("card").ToLookup(row => Text(row, "collection_id")!);
        var collections = Rows("collection")
            .Where(row => cards[Id(row)].Any() && cards[Id(row)].All(card => Text(card, "completed_at") is not null))
            .ToList();

        Percent(orders.Count(o => o.Done is not null && Number(o.Row, "delivered_date") <= o.Due), orders.Count)
            .Should()
            .BeInRange(82, 95);
        Percent(
                collections.Count(row =>
                    cards[Id(row)].Max(card => DayOfSecond(Number(card, "completed_at"))) <= Number(row, "due_date")
                ),
                collections.Count
            )
            .Should()
            .BeInRange(85, 98);
    }

    [Fact]
    public void Notes_are_varied_and_most_entries_have_none()
    {
        var notes = Rows("time_tracking").Select(row => Text(row, "note")).ToList();

        notes.Distinct().Count().Should().BeGreaterThan(35);
        Percent(notes.Count(note => string.IsNullOrEmpty(note)), notes.Count).Should().BeInRange(50, 75);
    }

    [Fact]
    public void Texts_are_odd_only_where_that_is_asked_for()
    {
        Texts(World.Value).Where(IsOdd).Should().BeEmpty();
        Texts(Saved(Small with { Size = SandboxSize.Tiny, HasOddTexts = true })).Where(IsOdd).Should().NotBeEmpty();

        static bool IsOdd(string text) =>
            text.StartsWith('=') || text.StartsWith('-') || text.Contains('\n') || text.Contains("日本");
        static IEnumerable<string> Texts(JsonObject world) =>
            from entity in new[] { "card", "collection", "order", "comment", "schedule_deviation", "time_tracking" }
            from row in world[entity]!.AsArray()
            from name in new[] { "name", "description", "note", "text" }
            let text = Text(row!, name)
            where text is not null
            select text;
    }

    private static IEnumerable<((string Resource, int Day) Key, double Minutes)> PlannedDays(
        Dictionary<(string Resource, int Day), double> available
    ) =>
        from card in Rows("card")
        from work in Works(card)
        let resources = Links(card, "resources")
            .Select(link => (string)link[1]!)
            .Where(resource => TypeOfResource[resource] == TypeOfActivity[work.Activity])
            .ToList()
        from resource in resources
        let days = Enumerable
            .Range((int)Number(card, "start_date"), (int)Number(card, "days_active"))
            .Where(day => available.GetValueOrDefault((resource, day)) > 0)
            .ToList()
        from day in days
        select ((resource, day), work.Minutes / resources.Count / days.Count);

    private static Dictionary<(string Resource, int Day), double> Schedule(Func<JsonNode, double> value) =>
        Rows("schedule").ToDictionary(row => (Text(row, "resource_id")!, (int)Number(row, "date")), value);

    private static (string Resource, DateOnly First) Month((string Resource, int Day) key)
    {
        var day = DateOnly.FromDayNumber(key.Day);
        return (key.Resource, new DateOnly(day.Year, day.Month, 1));
    }

    private static double Of(Dictionary<(string Resource, int Day), double> schedule, int year, int month) =>
        schedule.Where(day => IsIn(day.Key.Day, year, month)).Sum(day => day.Value);

    private static bool IsIn(int day, int year, int month) =>
        DateOnly.FromDayNumber(day) is var date && date.Year == year && date.Month == month;

    private static int DayOfSecond(double seconds) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch.AddSeconds(seconds)).DayNumber;

    private static IEnumerable<(string Activity, double Minutes)> Works(JsonNode card) =>
        Links(card, "activities").Select(link => ((string)link[1]!, (double)link[2]!));

    private static IEnumerable<JsonNode> Links(JsonNode row, string relation) =>
        row["links"]!.AsArray().OfType<JsonNode>().Where(link => (string)link[0]! == relation);

    private static JsonObject Saved(SandboxOptions options) =>
        JsonNode.Parse(SandboxWorld.Create(options).Save().ToJsonString())!.AsObject();

    private static IEnumerable<JsonNode> Rows(string entity) => World.Value[entity]!.AsArray().OfType<JsonNode>();

    private static string Id(JsonNode row) => (string)row["id"]!;

    private static string? Text(JsonNode row, string name) => row["cells"]![name]?.ToString();

    private static double Number(JsonNode row, string name) => (double)row["cells"]![name]!;

    private static double Duration(JsonNode row) => Number(row, "duration");

    private static double Percent(double part, double whole) => 100 * part / whole;
}
