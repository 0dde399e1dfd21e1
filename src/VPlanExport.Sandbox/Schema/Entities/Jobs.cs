namespace VPlanExport.Sandbox;

/// <summary>A collection: a job, order or project to plan (A:`collection-377747f0`).</summary>
internal static class Collections
{
    public static readonly EntitySchema Schema = new("collection", deleted: true);
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Start = Schema.Date("start");
    public static readonly Field End = Schema.Date("end");
    public static readonly Field DueDate = Schema.Date("due_date");
    public static readonly Field Meta = Schema.Json("meta");
    public static readonly Field Position = Schema.Integer("position");
    public static readonly Field SourceType = Schema.Text("source_type", "custom");
    public static readonly Field Status = Schema.Text("status", "not_planned");
    public static readonly Field Progress = Schema.Text("progress", "open");
    public static readonly Field Warnings = Schema.Json("warnings", "[]");
    public static readonly Field CustomFields = Schema.Json("custom_fields", "[]");
    public static readonly Field BoardId = Schema.Text("board_id");
    public static readonly Field BatchId = Schema.Text("batch_id");
    public static readonly Field CoverImageUrl = Schema.Text("cover_image_url");
    public static readonly Field CoverImageSignature = Schema.Text("cover_image_signature");
    public static readonly Field CoverImageBytes = Schema.Integer("cover_image_bytes");
    public static readonly Field CoverColorHex = Schema.Text("cover_color_hex");
    public static readonly Field ExternalRef = Schema.Text("external_ref");

    static Collections() =>
        Schema.Relate(
            new Linked("activities", "activity"),
            new ToMany("attachments", "attachment", "collection_id"),
            new ToMany("cards", "card", "collection_id"),
            new ToMany("checklists", "checklist", "collection_id"),
            new ToMany("comments", "comment", "collection_id"),
            new Linked("followers", "user"),
            new Linked("labels", "label"),
            new ToOneFrom("order", "order", "collection_id")
        );
}

/// <summary>A card: one planned piece of work (A:`344680m0`). Planned minutes are on its activities, never on the
/// card.</summary>
internal static class Cards
{
    public static readonly EntitySchema Schema = new("card", deleted: true);
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field StartDate = Schema.Date("start_date");
    public static readonly Field StartTime = Schema.Text("start_time");
    public static readonly Field EndDate = Schema.Date("end_date");
    public static readonly Field EndTime = Schema.Text("end_time");
    public static readonly Field Rank = Schema.Text("rank", "aaa");
    public static readonly Field Position = Schema.Integer("position", 0);
    public static readonly Field DaysDiff = Schema.Integer("days_diff", 0);
    public static readonly Field DaysActive = Schema.Integer("days_active", 0);
    public static readonly Field Locked = Schema.Boolean("locked");
    public static readonly Field TimeTrackingRunning = Schema.Boolean("time_tracking_running");
    public static readonly Field CustomFields = Schema.Json("custom_fields", "[]");
    public static readonly Field DeprecatedDate = Schema.Alias("date", StartDate);
    public static readonly Field DeprecatedStart = Schema.Alias("start", StartDate);
    public static readonly Field DeprecatedEnd = Schema.Alias("end", EndDate);
    public static readonly Field CardRecurringId = Schema.Text("card_recurring_id");
    public static readonly Field ParentCardId = Schema.Text("parent_card_id");
    public static readonly Field CollectionId = Schema.Text("collection_id");
    public static readonly Field StageId = Schema.Text("stage_id");
    public static readonly Field StatusId = Schema.Text("status_id");
    public static readonly Field BoardId = Schema.Text("board_id");
    public static readonly Field CompletedAt = Schema.Timestamp("completed_at");
    public static readonly Field BatchId = Schema.Text("batch_id");
    public static readonly Field ExternalRef = Schema.Text("external_ref");

    static Cards() =>
        Schema.Relate(
            new Linked("activities", "activity"),
            new ToOne("collection", "collection", "collection_id"),
            new Linked("labels", "label"),
            new Linked("resources", "resource"),
            new ToOne("stage", "stage", "stage_id"),
            new ToOne("status", "status", "status_id"),
            new Unfilled("time", Single: false),
            new ToMany("time_tracking", "time_tracking", "card_id"),
            new ToMany("relations", "card_relation", "card_id")
        );
}

/// <summary>A dependency between two cards (A:`cardrelation-67880d0`).</summary>
internal static class CardRelations
{
    public static readonly EntitySchema Schema = new("card_relation");
    public static readonly Field Type = Schema.Text("type", "related");
    public static readonly Field Status = Schema.Text("status", "valid");
    public static readonly Field RelatedCardId = Schema.Text("related_card_id");
    public static readonly Field CardId = Schema.Text("card_id");

    static CardRelations() =>
        Schema.Relate(new ToOne("card", "card", "card_id"), new ToOne("related_card", "card", "related_card_id"));
}
