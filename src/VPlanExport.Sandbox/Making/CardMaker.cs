namespace VPlanExport.Sandbox;

/// <summary>The cards of a planned collection: one per stage, back to back, with activities, labels and a status that
/// fits the day.</summary>
internal sealed class CardMaker
{
    private readonly Workshop shop;
    private readonly Dictionary<string, SandboxRecord> activities;

    public CardMaker(Workshop shop)
    {
        this.shop = shop;
        activities = shop.All(Activities.Schema).ToDictionary(activity => activity.Id);
    }

    /// <summary>Makes at most <paramref name="most"/> cards.</summary>
    public List<SandboxRecord> Make(Job job, SandboxRecord collection, int most)
    {
        var count = Math.Min(most, job.Floor.Stages.Count + shop.Random.Next(0, 2));
        var planned = shop.Time.Past(shop.OfficeHour(job.Known.AddDays(shop.Random.Next(2))));
        var day = job.Start;
        var made = new List<SandboxRecord>();
        for (var i = 0; i < count; i++)
        {
            var card = MakeCard(job, collection, i, planned, day);
            day = DutchCalendar.NextWorkday(DateOnly.FromDayNumber((int)card[Cards.EndDate].Number + 1));
            made.Add(card);
            Widen(collection, card);
        }
        var done = made.Count(card => !card[Cards.CompletedAt].IsNull);
        collection[Collections.Progress] =
            done == 0 ? "open"
            : done == count ? "done"
            : "partial";
        return made;
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
        card.Links = LinksOf(stage, job.Floor, end.DayNumber - start.DayNumber + 1);
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
        var finished = end < shop.Time.Today && (shop.Chance(96) || end < shop.Time.Today.AddDays(-30));
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

    private List<Link> LinksOf(SandboxRecord stage, Shopfloor floor, int days)
    {
        List<Link> links = [PlannedActivity(stage.Links[0].TargetId, 0, days)];
        if (shop.Chance(30))
            links.Add(PlannedActivity(stage.Links[1].TargetId, 1, days));
        if (shop.Chance(15))
            links.Add(new Link("labels", shop.Pick(floor.Labels).Id));
        return links;
    }

    /// <summary>Minutes as the activity usually takes, more on cards of more days; the planner fits them to the
    /// week.</summary>
    private Link PlannedActivity(string id, int position, int days)
    {
        var usual = (int)activities[id][Activities.DefaultDuration].Number;
        var minutes = usual * (40 + 25 * Math.Min(days, 3) + shop.Random.Next(60)) / 100;
        return new Link("activities", id, minutes, minutes, minutes, position);
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
