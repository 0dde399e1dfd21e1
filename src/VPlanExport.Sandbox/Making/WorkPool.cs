namespace VPlanExport.Sandbox;

/// <summary>Work that can be done on a day: what is planned on cards, by the resource it is planned for. Days pass in
/// order.</summary>
internal sealed class WorkPool
{
    /// <summary>Of how many pieces of work someone does a bit by turns.</summary>
    private const int AtOnce = 3;

    private readonly Workshop shop;
    private readonly Dictionary<string, List<Work>> waiting = [];
    private readonly Dictionary<string, List<string>> colleagues;
    private readonly Queue<Work> coming;

    public WorkPool(Workshop shop)
    {
        this.shop = shop;
        colleagues = shop.All(Resources.Schema)
            .GroupBy(resource => resource[Resources.Type].Text!)
            .ToDictionary(group => group.Key, group => group.Select(resource => resource.Id).ToList());
        All = WorksOf();
        coming = new Queue<Work>(All.OrderBy(work => work.Start));
    }

    public IReadOnlyList<Work> All { get; }

    /// <summary>What a resource of a type does on a day: its own work, else what nobody has, else a colleague's; null
    /// when there is none.</summary>
    public Work? Next(string resource, string type, DateOnly day)
    {
        while (coming.TryPeek(out var work) && work.Start <= day.DayNumber)
            foreach (var owner in coming.Dequeue().Owners)
                (waiting.TryGetValue(owner, out var list) ? list : waiting[owner] = []).Add(work);
        var isHelping = shop.Chance(5);
        return (isHelping ? null : Of(resource, day))
            ?? Of(type, day)
            ?? Of(shop.Pick(colleagues[type]), day)
            ?? Of(resource, day)
            ?? Of(shop.Pick(colleagues[type]), day)
            ?? Of(shop.Pick(colleagues[type]), day);
    }

    private Work? Of(string owner, DateOnly day)
    {
        if (!waiting.TryGetValue(owner, out var list))
            return null;
        while (list.Count > 0)
        {
            var index = shop.Random.Next(Math.Min(AtOnce, list.Count));
            if (list[index].Left > 0 && list[index].Last >= day.DayNumber)
                return list[index];
            list.RemoveAt(index);
        }
        return null;
    }

    private List<Work> WorksOf()
    {
        var efforts = shop.All(Activities.Schema).ToDictionary(activity => activity.Id, _ => shop.Random.Next(85, 113));
        var types = shop.All(Activities.Schema)
            .ToDictionary(activity => activity.Id, activity => activity[Activities.ResourceType].Text!);
        var typeOf = shop.All(Resources.Schema)
            .ToDictionary(resource => resource.Id, resource => resource[Resources.Type].Text!);
        var works = new List<Work>();
        foreach (var card in shop.All(Cards.Schema).Where(card => card[Cards.StartDate].Number <= Today))
        {
            var effort = shop.Random.Next(80, 121);
            foreach (var link in card.Links.Where(link => link.Relation == "activities"))
            {
                var type = types[link.TargetId];
                List<string> owners = [.. card.Linked("resources").Where(id => typeOf[id] == type)];
                works.Add(
                    new Work(card, link.TargetId, owners.Count > 0 ? owners : [type])
                    {
                        Left = Math.Max(15, link.Time * effort / 100 * efforts[link.TargetId] / 100),
                    }
                );
            }
        }
        return works;
    }

    private int Today => shop.Time.Today.DayNumber;
}

/// <summary>An activity on a card, and how long it still takes.</summary>
/// <param name="Owners">The resources it is planned for, or the type of resource when it is for none.</param>
internal sealed record Work(SandboxRecord Card, string Activity, IReadOnlyList<string> Owners)
{
    private const int DaysLate = 12;
    private const int Shortest = 15;

    public int Left { get; set; }

    public int Done { get; private set; }

    public int Start => (int)Card[Cards.StartDate].Number;

    /// <summary>The day after which nobody works on it any more.</summary>
    public int Last => (int)Card[Cards.EndDate].Number + DaysLate;

    /// <summary>Works on it for some minutes, or for as long as it takes.</summary>
    public int Take(int minutes)
    {
        var taken = Left - minutes < Shortest ? Math.Max(Left, Shortest) : minutes;
        Left -= taken;
        Done += taken;
        return taken;
    }
}
