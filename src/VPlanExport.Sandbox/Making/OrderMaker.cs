using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>An order with its rows, as the ERP link brings them in at five each morning: a day's orders share one
/// second.</summary>
internal sealed class OrderMaker(Workshop shop)
{
    public void Make(Job job, SandboxRecord collection, IReadOnlyList<SandboxRecord> cards)
    {
        var night = DutchTime.Midnight(job.Known) + 5 * 3600;
        var order = shop.New(Orders.Schema, night);
        order[Orders.Code] = (10_000 + job.Number).ToString(CultureInfo.InvariantCulture);
        order[Orders.Type] = job.Number % 5 == 0 ? "Production" : "Sales";
        order[Orders.Description] = job.Text;
        order[Orders.Contact] = string.Join(' ', ((string[])[.. Person(job.Number)]).Where(part => part.Length > 0));
        order[Orders.Quantity] = Cell.Decimal(job.Number % 13 == 0 ? job.Pieces + 0.5m : job.Pieces);
        order[Orders.RelationRef] = $"PO-{job.Number * 31 % 9000}";
        order[Orders.ExternalRef] = $"VO-{10_000 + job.Number}";
        order[Orders.Note] = job.Number % 11 == 0 ? DutchNames.Note(shop) : null;
        SetDates(order, job, cards);
        SetReferences(order, job, collection);
        shop.Add(order);
        for (var i = 0; i < job.Floor.Stages.Count; i++)
            MakeRow(order, job, i);
        FillCollection(collection, order, job);
    }

    private static string[] Person(int number)
    {
        var (first, infix, last) = DutchNames.Person(number * 3 + 1);
        return [first[..1] + ".", infix, last];
    }

    private void SetDates(SandboxRecord order, Job job, IReadOnlyList<SandboxRecord> cards)
    {
        order[Orders.Date] = job.Known.AddDays(-shop.Random.Next(4));
        order[Orders.PromisedDate] = job.Due;
        if (shop.Chance(60))
            order[Orders.DesiredDate] = job.Due.AddDays(-shop.Random.Next(6));
        order[Orders.Status] = "open";
        if (Delivery(cards) is not { } delivered || delivered >= shop.Time.Today)
            return;
        order[Orders.DeliveredDate] = delivered;
        order[Orders.Status] = "closed";
        order.Updated = shop.Time.Past(Math.Max(order.Updated, DutchTime.Midnight(delivered.AddDays(1)) + 5 * 3600));
    }

    /// <summary>The workday on which the last card is ready, or one or two days later; null while a card is
    /// open.</summary>
    private DateOnly? Delivery(IReadOnlyList<SandboxRecord> cards)
    {
        if (cards.Count == 0 || cards.Any(card => card[Cards.CompletedAt].IsNull))
            return null;
        var ready = DutchTime.DayOf(cards.Max(card => card[Cards.CompletedAt].Number));
        return DutchCalendar.NextWorkday(ready.AddDays(shop.Random.Next(3)));
    }

    private void SetReferences(SandboxRecord order, Job job, SandboxRecord collection)
    {
        order[Orders.CollectionId] = collection.Id;
        order[Orders.RelationId] = job.Customer.Id;
        order[Orders.ItemId] = job.Item.Id;
        order[Orders.WarehouseId] = shop.All(Warehouses.Schema)[job.Number % 2].Id;
        order[Orders.ProjectId] = shop.Chance(30) ? shop.Pick(shop.All(Projects.Schema)).Id : null;
    }

    private void MakeRow(SandboxRecord order, Job job, int position)
    {
        var activity = job.Floor.Stages[position].Links[0].TargetId;
        var hours = Cell.Decimal(1 + (job.Number + position) % 9);
        var closed = order[Orders.Status].Text == "closed";
        var row = shop.New(OrderRows.Schema, order.Created, order.Updated);
        row[OrderRows.OrderId] = order.Id;
        row[OrderRows.ActivityId] = activity;
        row[OrderRows.Code] = ((position + 1) * 10).ToString(CultureInfo.InvariantCulture);
        row[OrderRows.Description] = job.Floor.Stages[position][Stages.Name];
        row[OrderRows.Position] = position;
        row[OrderRows.Type] = "operation";
        row[OrderRows.Unit] = "hours";
        row[OrderRows.Quantity] = row[OrderRows.QuantityOriginal] = hours;
        row[OrderRows.QuantityDelivered] = closed ? hours : Cell.Decimal(0);
        row[OrderRows.Status] = closed ? "closed" : "open";
        row[OrderRows.DeliveredDate] = order[Orders.DeliveredDate];
        row[OrderRows.ExternalRef] = $"{order[Orders.ExternalRef].Text}-{(position + 1) * 10}";
        shop.Add(row);
    }

    /// <summary>What an order puts on its collection (A:`344687m0`).</summary>
    private static void FillCollection(SandboxRecord collection, SandboxRecord order, Job job)
    {
        collection[Collections.SourceType] = "order";
        collection[Collections.ExternalRef] = order[Orders.ExternalRef];
        collection[Collections.Meta] = new JsonObject
        {
            ["order_type"] = order[Orders.Type].Text,
            ["order_status"] = order[Orders.Status].Text,
            ["relation"] = job.Customer[TradeRelations.Name].Text,
            ["promised_date"] = job.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }.ToJsonString(RecordWriter.Relaxed);
    }
}
