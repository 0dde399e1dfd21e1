namespace VPlanExport.Sandbox;

/// <summary>Jobs from 18 months back to three months ahead: an order for most, a collection for each, its cards when it
/// is planned.</summary>
internal sealed class PlanMaker
{
    private readonly Workshop shop;
    private readonly PlanHorizon horizon;
    private readonly List<Shopfloor> floors;
    private readonly OrderMaker orders;
    private readonly CardMaker cards;

    public PlanMaker(Workshop shop)
    {
        this.shop = shop;
        floors = [.. shop.All(Boards.Schema).Where(board => board[Boards.Schema.ArchivedAt!].IsNull).Select(FloorOf)];
        horizon = new PlanHorizon(shop.Time);
        orders = new OrderMaker(shop);
        cards = new CardMaker(shop);
    }

    public void Make()
    {
        var left = shop.Sizes.Cards;
        for (var number = 0; left > 0; number++)
        {
            var job = NewJob(number, shop.Sizes.Cards - left);
            var collection = MakeCollection(job);
            var made = job.IsPlanned ? cards.Make(job, collection, left) : [];
            left -= made.Count;
            if (!job.IsIgnored && shop.Chance(80))
                orders.Make(job, collection, made);
        }
        new WorkPlanner(shop, horizon).Plan();
        TouchOldCards();
    }

    private Shopfloor FloorOf(SandboxRecord board) =>
        new(
            board,
            [.. shop.Children(Stages.Schema, "board_id", board.Id)],
            [.. shop.Children(Statuses.Schema, "board_id", board.Id)],
            [.. shop.Children(Labels.Schema, "board_id", board.Id)]
        );

    private Job NewJob(int number, int cardsBefore)
    {
        var start = horizon.Day((double)cardsBefore / shop.Sizes.Cards, shop.Random.Next(-4, 5));
        var known = start.AddDays(-14 - shop.Random.Next(32));
        if (known > shop.Time.Today.AddDays(-3))
            known = shop.Time.Today.AddDays(-3 - shop.Random.Next(20));
        var floor = shop.Pick(floors);
        var item = shop.Pick(shop.All(Items.Schema));
        var pieces = shop.Random.Next(1, 40);
        return new Job(
            number,
            floor,
            item,
            shop.Pick(shop.All(TradeRelations.Schema)),
            pieces,
            start,
            DueDate(start, floor.Stages.Count),
            known,
            DutchNames.Job(number, item[Items.Description].Text!, pieces, shop.HasOddTexts),
            StatusOf(number, start)
        );
    }

    /// <summary>Most customers leave time enough; a few are in a hurry.</summary>
    private DateOnly DueDate(DateOnly start, int stages) =>
        DutchCalendar.AddWorkdays(
            start,
            shop.Chance(11) ? 2 * stages - shop.Random.Next(2) : 2 * stages + 6 + shop.Random.Next(8)
        );

    /// <summary>Work far ahead is often not planned yet; of what should have begun long ago, some never will.</summary>
    private string StatusOf(int number, DateOnly start)
    {
        if (number % 40 != 19 && shop.Random.NextDouble() < horizon.ShareOf(start))
            return "planned";
        return start < shop.Time.Today.AddDays(-60) ? "ignored" : "not_planned";
    }

    private SandboxRecord MakeCollection(Job job)
    {
        var collection = shop.New(
            Collections.Schema,
            DutchTime.Midnight(job.Known) + 5 * 3600 + 60,
            shop.OfficeHour(job.Known.AddDays(1))
        );
        collection[Collections.Name] = $"Order {10_000 + job.Number}";
        collection[Collections.Description] = job.Text;
        collection[Collections.DueDate] = job.IsIgnored ? default(Cell) : job.Due;
        collection[Collections.Position] = job.Number;
        collection[Collections.Status] = job.Status;
        collection[Collections.BoardId] = job.IsPlanned ? job.Floor.Board.Id : null;
        collection[Collections.CustomFields] = CustomValues.OfCollection(job.Floor.Board, job.Number);
        collection[Collections.CoverColorHex] = job.Number % 9 == 0 ? "#5652e0" : null;
        collection.Links = CollectionLinks(job);
        return shop.Add(collection);
    }

    private List<Link> CollectionLinks(Job job)
    {
        var links = job
            .Floor.Stages.Select((stage, i) => PlannedActivity(job, stage, 60 * (1 + (job.Number + i) % 9), i))
            .ToList();
        if (shop.Chance(10))
            links.Add(new Link("labels", shop.Pick(job.Floor.Labels).Id));
        if (shop.Chance(20))
            links.Add(new Link("followers", shop.Pick(shop.All(Users.Schema)).Id));
        return links;
    }

    private static Link PlannedActivity(Job job, SandboxRecord stage, int minutes, int position) =>
        new(
            "activities",
            stage.Links[0].TargetId,
            minutes,
            job.IsPlanned ? Math.Min(minutes, 60 * (position % 3)) : minutes,
            minutes,
            position
        );

    /// <summary>An integration that filled a field on the oldest cards left them all with one `updated_at`.</summary>
    private void TouchOldCards()
    {
        var stamp = DutchTime.Midnight(shop.Time.Today.AddDays(-30)) + 3 * 3600;
        foreach (var card in shop.All(Cards.Schema).Take(shop.Sizes.Touched))
            card.Updated = Math.Max(card.Created, stamp);
    }
}
