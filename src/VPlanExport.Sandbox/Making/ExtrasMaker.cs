using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>Checklists, attachments and comments on some collections, dependencies between cards, webhooks.</summary>
internal sealed class ExtrasMaker(Workshop shop)
{
    public void Make()
    {
        var collections = shop.All(Collections.Schema);
        for (var i = 0; i < collections.Count; i++)
        {
            var cards = shop.Children(Cards.Schema, "collection_id", collections[i].Id);
            if (i % 10 == 0)
                MakeChecklist(collections[i], null);
            if (i % 25 == 0 && cards.Count > 0)
                MakeChecklist(collections[i], cards[0]);
            if (i % 8 == 0)
                MakeAttachment(collections[i], i);
            if (i % 6 == 0)
                MakeComment(collections[i]);
            if (cards.Count > 1 && i % 3 == 0)
                MakeDependency(cards[0], cards[1], i);
        }
        MakeWebhook("card.created", "card.updated", "card.deleted");
        MakeWebhook("time_tracking.created", "time_tracking.updated");
    }

    private void MakeChecklist(SandboxRecord collection, SandboxRecord? card)
    {
        var list = shop.New(Checklists.Schema, collection.Created, collection.Updated);
        list[Checklists.CollectionId] = collection.Id;
        list[Checklists.CardId] = card?.Id;
        list[Checklists.Name] = card is null ? "Eindcontrole" : "Opstart";
        var items = new JsonArray();
        foreach (var text in (string[])["Maatvoering gecontroleerd", "Lassen visueel ok", "Verpakt & gelabeld"])
            items.Add((JsonNode)ItemOf(list, text, items.Count));
        list[Checklists.Items] = items.ToJsonString(RecordWriter.Relaxed);
        shop.Add(list);
    }

    private JsonObject ItemOf(SandboxRecord list, string text, int position) =>
        new()
        {
            ["id"] = shop.Ids.Next(),
            ["checklist_id"] = list.Id,
            ["description"] = text,
            ["position"] = position,
            ["checked"] = shop.Chance(60),
            ["created_at"] = CellText.Of(FieldType.Timestamp, Cell.Of(list.Created)),
            ["updated_at"] = CellText.Of(FieldType.Timestamp, Cell.Of(list.Updated)),
        };

    private void MakeAttachment(SandboxRecord collection, int number)
    {
        var attachment = shop.New(Attachments.Schema, collection.Created);
        var name = string.Create(CultureInfo.InvariantCulture, $"tekening {number} (rev. B).pdf");
        attachment[Attachments.Filename] = name;
        attachment[Attachments.File] = "https://files.example/" + Uri.EscapeDataString(name);
        attachment[Attachments.Checksum] = string.Concat(
            Enumerable.Range(0, 2).Select(_ => shop.Ids.Next().Replace("-", "", StringComparison.Ordinal))
        );
        attachment[Attachments.Bytes] = 20_000 + shop.Random.Next(4_000_000);
        attachment[Attachments.CollectionId] = collection.Id;
        attachment[Attachments.UserId] = shop.Pick(shop.All(Users.Schema)).Id;
        shop.Add(attachment);
    }

    private void MakeComment(SandboxRecord collection)
    {
        var comment = shop.New(Comments.Schema, collection.Created + shop.Random.Next(86_400 * 5));
        comment[Comments.Text] = DutchNames.Comment(shop);
        comment[Comments.CollectionId] = collection.Id;
        comment[Comments.UserId] = shop.Pick(shop.All(Users.Schema)).Id;
        shop.Add(comment);
    }

    private void MakeDependency(SandboxRecord first, SandboxRecord second, int number)
    {
        var relation = shop.New(CardRelations.Schema, first.Created + 30);
        relation[CardRelations.CardId] = first.Id;
        relation[CardRelations.RelatedCardId] = second.Id;
        relation[CardRelations.Type] = ((string[])["blocks", "related", "depends", "cloned"])[number / 3 % 4];
        shop.Add(relation);
    }

    private void MakeWebhook(params string[] events)
    {
        var webhook = shop.New(Webhooks.Schema, shop.Time.GoLive);
        webhook[Webhooks.Url] = "https://hooks.example/vplan";
        webhook[Webhooks.Description] = "Koppeling " + events[0];
        webhook[Webhooks.EventTypes] = new JsonArray([.. events.Select(name => JsonValue.Create(name))]).ToJsonString();
        shop.Add(webhook);
    }
}
