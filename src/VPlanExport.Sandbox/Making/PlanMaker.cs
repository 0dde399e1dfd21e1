namespace VPlanExport.Sandbox;

/// <summary>Jobs from 18 months back to three months ahead: an order for most, a collection for each, its cards when it
/// is planned.</summary>
internal sealed class PlanMaker
{
    private const int CardsPerJob = 5;
    private readonly Workshop shop;
    private readonly List<Shopfloor> floors;
    private readonly OrderMaker orders;
    private readonly CardMaker cards;

    public PlanMaker(Workshop shop)
    {
        this.shop = shop;
        floors = [.. shop.All(Boards.Schema).Where(board => board[Boards.Schema.ArchivedAt!].IsNull).Select(FloorOf)];
        orders = new OrderMaker(shop);
        cards = new CardMaker(shop);
    }

    public void Make()
    {
        var left = shop.Sizes.Cards;
        for (var number = 0; left > 0; number++)
        {
            var job = NewJob(number);
            var collection = MakeCollection(job);
            if (shop.Chance(80))
                orders.Make(job, collection);
            if (collection[Collections.Status].Text == "planned")
                left -= cards.Make(job, collection, left);
        }
        TouchOldCards();
    }

    private Shopfloor FloorOf(SandboxRecord board) =>
        new(
            board,
            [.. shop.Children(Stages.Schema, "board_id", board.Id)],
            [.. shop.Children(Statuses.Schema, "board_id", board.Id)],
            [.. shop.Children(Labels.Schema, "board_id", board.Id)]
        );

    private Job NewJob(int number)
    {
        var jobs = shop.Sizes.Cards / CardsPerJob;
        var offset = Math.Clamp(
            (int)((long)number * shop.Time.Days / jobs) + shop.Random.Next(-5, 6),
            0,
            shop.Time.Days - 12
        );
        var start = DutchCalendar.NextWorkday(shop.Time.First.AddDays(offset));
        var known = start.AddDays(-14 - shop.Random.Next(32));
        if (known > shop.Time.Today.AddDays(-3))
            known = shop.Time.Today.AddDays(-3 - shop.Random.Next(20));
        var due = DutchCalendar.AddWorkdays(start, 8 + shop.Random.Next(8));
        return new Job(
            number,
            shop.Pick(floors),
            shop.Pick(shop.All(Items.Schema)),
            shop.Pick(shop.All(TradeRelations.Schema)),
            shop.Random.Next(1, 40),
            start,
            due,
            known
        );
    }

    private SandboxRecord MakeCollection(Job job)
    {
        var collection = shop.New(
            Collections.Schema,
            DutchTime.Midnight(job.Known) + 5 * 3600 + 60,
            shop.OfficeHour(job.Known.AddDays(1))
        );
        var planned = job.Number % 20 != 19;
        collection[Collections.Name] = $"Order {10_000 + job.Number}";
        collection[Collections.Description] = job.Text;
        collection[Collections.DueDate] = job.Due;
        collection[Collections.Position] = job.Number;
        collection[Collections.Status] =
            planned ? "planned"
            : job.Number % 60 == 59 ? "ignored"
            : "not_planned";
        collection[Collections.BoardId] = planned ? job.Floor.Board.Id : null;
        collection[Collections.CustomFields] = CustomValues.OfCollection(job.Floor.Board, job.Number);
        collection[Collections.CoverColorHex] = job.Number % 9 == 0 ? "#5652e0" : null;
        collection.Links = CollectionLinks(job);
        return shop.Add(collection);
    }

    private List<Link> CollectionLinks(Job job)
    {
        var links = job
            .Floor.Stages.Select((stage, i) => PlannedActivity(stage, 60 * (1 + (job.Number + i) % 9), i))
            .ToList();
        if (shop.Chance(10))
            links.Add(new Link("labels", shop.Pick(job.Floor.Labels).Id));
        if (shop.Chance(20))
            links.Add(new Link("followers", shop.Pick(shop.All(Users.Schema)).Id));
        return links;
    }

    private static Link PlannedActivity(SandboxRecord stage, int minutes, int position) =>
        new("activities", stage.Links[0].TargetId, minutes, Math.Min(minutes, 60 * (position % 3)), minutes, position);

    /// <summary>An integration that filled a field on the oldest cards left them all with one `updated_at`.</summary>
    private void TouchOldCards()
    {
        var stamp = DutchTime.Midnight(shop.Time.Today.AddDays(-30)) + 3 * 3600;
        foreach (var card in shop.All(Cards.Schema).Take(shop.Sizes.Touched))
            card.Updated = Math.Max(card.Created, stamp);
    }
}
