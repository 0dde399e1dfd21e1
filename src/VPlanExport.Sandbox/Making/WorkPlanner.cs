namespace VPlanExport.Sandbox;

/// <summary>
/// Gives cards their minutes and resources, week by week: each type of resource is planned for most of the time it has,
/// and each card goes to the resource with the most room.
/// </summary>
internal sealed class WorkPlanner
{
    /// <summary>What share of its time a type of resource is planned for.</summary>
    private const double Level = 0.88;

    private readonly Workshop shop;
    private readonly Roster roster;
    private readonly PlanHorizon horizon;
    private readonly Dictionary<string, string> typeOfActivity;
    private readonly Dictionary<string, List<Candidate>> byType;

    public WorkPlanner(Workshop shop, PlanHorizon horizon)
    {
        this.shop = shop;
        this.horizon = horizon;
        roster = new Roster(shop);
        typeOfActivity = shop.All(Activities.Schema)
            .ToDictionary(activity => activity.Id, activity => activity[Activities.ResourceType].Text!);
        byType = shop.All(Resources.Schema)
            .GroupBy(resource => resource[Resources.Type].Text!)
            .ToDictionary(group => group.Key, group => group.Select(resource => new Candidate(resource.Id)).ToList());
    }

    public void Plan()
    {
        foreach (var week in shop.All(Cards.Schema).GroupBy(MondayOf).OrderBy(group => group.Key))
            PlanWeek(week.Key, [.. week]);
    }

    private static int MondayOf(SandboxRecord card)
    {
        var day = (int)card[Cards.StartDate].Number;
        return day - ((int)DateOnly.FromDayNumber(day).DayOfWeek + 6) % 7;
    }

    private void PlanWeek(int monday, List<SandboxRecord> cards)
    {
        foreach (var candidate in byType.Values.SelectMany(candidates => candidates))
            (candidate.Room, candidate.Load) = (roster.Minutes(candidate.Resource, monday, monday + 6), 0);
        var factors = new Dictionary<string, double>();
        foreach (var works in cards.SelectMany(card => card.Links).Where(IsWork).GroupBy(TypeOf))
            factors[works.Key] = FactorOf(works.Key, monday, works.Sum(work => (double)work.Original));
        foreach (var card in cards)
        {
            card.Links = [.. card.Links.Select(link => IsWork(link) ? Scale(card, link, factors[TypeOf(link)]) : link)];
            foreach (var works in card.Links.Where(IsWork).GroupBy(TypeOf).ToList())
                if (shop.Chance(95))
                    Assign(card, works.Key, works.Sum(work => work.Time));
        }
    }

    private static bool IsWork(Link link) => link.Relation == "activities";

    private string TypeOf(Link work) => typeOfActivity[work.TargetId];

    /// <summary>What turns the week's minutes into what its resources can be planned for.</summary>
    private double FactorOf(string type, int monday, double minutes)
    {
        var room = byType.GetValueOrDefault(type, []).Sum(candidate => candidate.Room);
        var share = Level * horizon.ShareOf(DateOnly.FromDayNumber(monday + 3)) * shop.Random.Next(94, 107) / 100;
        return room == 0 ? 1 : Math.Clamp(room * share / minutes, 0.2, 4);
    }

    private Link Scale(SandboxRecord card, Link work, double factor)
    {
        var original = Math.Max(15, (int)Math.Round(work.Original * factor / 15) * 15);
        var time = shop.Chance(15) ? original + 15 : original;
        return work with { Time = time, Original = original, Remaining = card[Cards.CompletedAt].IsNull ? time : 0 };
    }

    private void Assign(SandboxRecord card, string type, int minutes)
    {
        var count = shop.Chance(10) ? 2 : 1;
        for (var i = 0; i < count; i++)
        {
            if (MostRoom(card, type, minutes / count) is not { } candidate)
                return;
            candidate.Load += minutes / count;
            card.Links = [.. card.Links, new Link("resources", candidate.Resource)];
        }
    }

    /// <summary>The resource that is filled least with the card; null when none is there on its days.</summary>
    private Candidate? MostRoom(SandboxRecord card, string type, int minutes)
    {
        var (start, end) = ((int)card[Cards.StartDate].Number, (int)card[Cards.EndDate].Number);
        Candidate? found = null;
        foreach (var candidate in byType.GetValueOrDefault(type, []))
            if (
                candidate.FilledWith(minutes) < (found?.FilledWith(minutes) ?? double.MaxValue)
                && roster.Minutes(candidate.Resource, start, end) > 0
                && card.Links.All(link => link.TargetId != candidate.Resource)
            )
                found = candidate;
        return found;
    }

    /// <summary>A resource, what it has in a week, and what of that is planned.</summary>
    private sealed class Candidate(string resource)
    {
        public string Resource { get; } = resource;

        public int Room { get; set; }

        public int Load { get; set; }

        public double FilledWith(int minutes) => (double)(Load + minutes) / Room;
    }
}
