namespace VPlanExport.Sandbox;

/// <summary>The cards of a planned collection: one per stage, back to back, with activities, resources, labels and a
/// status that fits the day.</summary>
internal sealed class CardMaker
{
    private readonly Workshop shop;
    private readonly Dictionary<string, List<SandboxRecord>> resourcesByType;
    private readonly Dictionary<string, SandboxRecord> activities;

    public CardMaker(Workshop shop)
    {
        this.shop = shop;
        resourcesByType = shop.All(Resources.Schema)
            .GroupBy(resource => resource[Resources.Type].Text!)
            .ToDictionary(group => group.Key, group => group.ToList());
        activities = shop.All(Activities.Schema).ToDictionary(activity => activity.Id);
    }

    /// <summary>Makes at most <paramref name="most"/> cards and gives their number.</summary>
    public int Make(Job job, SandboxRecord collection, int most)
    {
        var count = Math.Min(most, job.Floor.Stages.Count + shop.Random.Next(0, 2));
        var planned = shop.Time.Past(shop.OfficeHour(job.Known.AddDays(shop.Random.Next(2))));
        var day = job.Start;
        var done = 0;
        for (var i = 0; i < count; i++)
        {
            var card = MakeCard(job, collection, i, planned, day);
            day = DutchCalendar.NextWorkday(DateOnly.FromDayNumber((int)card[Cards.EndDate].Number + 1));
            if (!card[Cards.CompletedAt].IsNull)
                done++;
            Widen(collection, card);
        }
        collection[Collections.Progress] =
            done == 0 ? "open"
            : done == count ? "done"
            : "partial";
        return count;
    }

    private SandboxRecord MakeCard(Job job, SandboxRecord collection, int position, long planned, DateOnly start)
    {
        var stage = job.Floor.Stages[position % job.Floor.Stages.Count];
        var end = DutchCalendar.AddWorkdays(start, shop.Random.Next(0, 3));
        var card = shop.New(Cards.Schema, planned, planned + shop.Random.Next(0, 3) * 86_400L);
        card[Cards.Name] =
            position % 4 == 3 ? job.Text : $"{stage[Stages.Name].Text} {collection[Collections.Name].Text}";
        card[Cards.Description] = position % 3 == 0 ? job.Text : null;
        card[Cards.CollectionId] = collection.Id;
        card[Cards.StageId] = stage.Id;
        card[Cards.BoardId] = job.Floor.Board.Id;
        card[Cards.Position] = position;
        card[Cards.Rank] = Rank(job.Number + position);
        SetPlan(card, start, end);
        SetStatus(card, job.Floor, start, end);
        if (position == 0)
            card[Cards.CustomFields] = CustomValues.OfCard(job.Floor.Board, job.Number * 37 % 9000);
        card.Links = LinksOf(stage, job.Floor, start, card);
        return shop.Add(card);
    }

    private void SetPlan(SandboxRecord card, DateOnly start, DateOnly end)
    {
        card[Cards.StartDate] = start;
        card[Cards.EndDate] = end;
        card[Cards.StartTime] = shop.Chance(70) ? "07:30" : "08:00";
        card[Cards.EndTime] = shop.Chance(70) ? "15:00" : "16:30";
        card[Cards.DaysActive] = end.DayNumber - start.DayNumber + 1;
    }

    private void SetStatus(SandboxRecord card, Shopfloor floor, DateOnly start, DateOnly end)
    {
        var finished = end < shop.Time.Today && (shop.Chance(97) || end < shop.Time.Today.AddDays(-120));
        var status =
            finished ? 3
            : start > shop.Time.Today ? 0
            : shop.Chance(15) ? 2
            : 1;
        card[Cards.StatusId] = floor.Statuses[status].Id;
        if (!finished)
            return;
        var completed = Math.Max(
            card.Created,
            shop.Time.Past(
                DutchTime.ToUtc(end.AddDays(shop.Random.Next(3)), 15 * 60 + shop.Random.Next(120))
                    + shop.Random.Next(60)
            )
        );
        card[Cards.CompletedAt] = completed;
        card.Updated = shop.Time.Past(completed + 1);
    }

    private List<Link> LinksOf(SandboxRecord stage, Shopfloor floor, DateOnly start, SandboxRecord card)
    {
        List<Link> links = [PlannedActivity(stage.Links[0].TargetId, 0, card)];
        if (shop.Chance(30))
            links.Add(PlannedActivity(stage.Links[1].TargetId, 1, card));
        var type = activities[links[0].TargetId][Activities.ResourceType].Text!;
        if (shop.Chance(90))
            AddResource(links, type, start);
        if (shop.Chance(20))
            AddResource(links, "employee", start);
        if (shop.Chance(15))
            links.Add(new Link("labels", shop.Pick(floor.Labels).Id));
        return links;
    }

    private Link PlannedActivity(string id, int position, SandboxRecord card)
    {
        var original = Math.Max(
            15,
            (int)(activities[id][Activities.DefaultDuration].Number * (25 + shop.Random.Next(150)) / 100 / 15 * 15)
        );
        var time = shop.Chance(15) ? original + 30 : original;
        return new Link("activities", id, time, card[Cards.CompletedAt].IsNull ? time : 0, original, position);
    }

    private void AddResource(List<Link> links, string type, DateOnly start)
    {
        if (!resourcesByType.TryGetValue(type, out var candidates))
            return;
        var resource = shop.Pick(candidates);
        var gone = resource[Resources.EndDate] is { IsNull: false } end && end.Number < start.DayNumber;
        if (!gone && !links.Any(link => link.TargetId == resource.Id))
            links.Add(new Link("resources", resource.Id));
    }

    private static void Widen(SandboxRecord collection, SandboxRecord card)
    {
        if (collection[Collections.Start].IsNull)
            collection[Collections.Start] = card[Cards.StartDate];
        collection[Collections.End] = card[Cards.EndDate];
        collection.Updated = Math.Max(collection.Updated, card.Updated);
    }

    private static string Rank(int number) =>
        new([(char)('a' + number / 676 % 26), (char)('a' + number / 26 % 26), (char)('a' + number % 26)]);
}
