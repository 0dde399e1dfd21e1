namespace VPlanExport.Sandbox;

/// <summary>The edits of a working day, one at a time; the caller holds the world's lock.</summary>
internal sealed class LifelikeEdits(SandboxWorld world, Random random)
{
    public void MakeOne()
    {
        switch (random.Next(100))
        {
            case < 35:
                MoveCard();
                break;
            case < 55:
                ApproveEntry();
                break;
            case < 75:
                AddEntry();
                break;
            case < 85:
                MoveDueDate();
                break;
            case < 90:
                AddCard();
                break;
            case < 93:
                AddCollection();
                break;
            case < 97:
                DeleteOne("time_tracking");
                break;
            case < 99:
                DeleteOne("card");
                break;
            default:
                DeleteEmptyCollection();
                break;
        }
    }

    private void MoveCard()
    {
        if (Pick("card") is not { } card)
            return;
        var statuses = world.Table("status").Children("board_id", card[Cards.BoardId].Text ?? "");
        world.Change(
            "card",
            card.Id,
            world.Now(),
            record =>
            {
                var days = random.Next(-2, 6);
                foreach (var field in (Field[])[Cards.StartDate, Cards.EndDate])
                    if (!record[field].IsNull)
                        record[field] = record[field].Number + days;
                if (statuses.Count > 0)
                    SetStatus(record, statuses[random.Next(statuses.Count)]);
            }
        );
    }

    private void SetStatus(SandboxRecord card, SandboxRecord status)
    {
        card[Cards.StatusId] = status.Id;
        card[Cards.CompletedAt] = status[Statuses.Exit].Number == 1 ? world.Now() : default(Cell);
    }

    private void ApproveEntry()
    {
        if (Pick("time_tracking") is not { } entry || entry[TimeEntries.Running].Number == 1)
            return;
        world.Change(
            "time_tracking",
            entry.Id,
            world.Now(),
            record =>
            {
                record[TimeEntries.Status] = random.Next(20) == 0 ? "rejected" : "approved";
                record[TimeEntries.Locked] = record[TimeEntries.Status].Text == "approved";
            }
        );
    }

    private void AddEntry()
    {
        if (Pick("time_tracking") is not { } like)
            return;
        var minutes = random.Next(15, 241);
        var entry = TimeEntries.Schema.New(world.NextId(), world.Now(), world.Now());
        foreach (var field in (Field[])[TimeEntries.CardId, TimeEntries.ActivityId, TimeEntries.UserId])
            entry[field] = like[field];
        entry[TimeEntries.Start] = world.Now() - minutes * 60L;
        entry[TimeEntries.End] = world.Now();
        entry[TimeEntries.Duration] = minutes;
        world.Insert(entry);
    }

    private void AddCard()
    {
        if (Pick("card") is not { } like)
            return;
        var card = Cards.Schema.New(world.NextId(), world.Now(), world.Now());
        foreach (
            var field in (Field[])
                [
                    Cards.Name,
                    Cards.CollectionId,
                    Cards.StageId,
                    Cards.StatusId,
                    Cards.BoardId,
                    Cards.StartDate,
                    Cards.EndDate,
                ]
        )
            card[field] = like[field];
        card.Links = like.Links;
        world.Insert(card);
    }

    private void AddCollection()
    {
        if (Pick("collection") is not { } like)
            return;
        var collection = Collections.Schema.New(world.NextId(), world.Now(), world.Now());
        foreach (
            var field in (Field[])
                [Collections.Name, Collections.Description, Collections.DueDate, Collections.CustomFields]
        )
            collection[field] = like[field];
        world.Insert(collection);
    }

    private void DeleteEmptyCollection()
    {
        var collections = world.Table("collection").Rows;
        var empty = collections
            .Reverse()
            .FirstOrDefault(collection => world.Table("card").Children("collection_id", collection.Id).Count == 0);
        if (empty is not null)
            world.Delete("collection", empty.Id);
    }

    private void MoveDueDate()
    {
        if (Pick("collection") is not { } collection || collection[Collections.DueDate].IsNull)
            return;
        world.Change(
            "collection",
            collection.Id,
            world.Now(),
            record => record[Collections.DueDate] = record[Collections.DueDate].Number + random.Next(1, 8)
        );
    }

    private void DeleteOne(string entity)
    {
        if (Pick(entity) is { } record)
            world.Delete(entity, record.Id);
    }

    /// <summary>Mostly one of the latest records, where people work; now and then any.</summary>
    private SandboxRecord? Pick(string entity)
    {
        var rows = world.Table(entity).Rows;
        if (rows.Count == 0)
            return null;
        var recent = random.Next(4) == 0 ? rows.Count : Math.Max(1, rows.Count / 5);
        return rows[rows.Count - 1 - random.Next(recent)];
    }
}
