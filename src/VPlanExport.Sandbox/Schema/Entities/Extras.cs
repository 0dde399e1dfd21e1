namespace VPlanExport.Sandbox;

/// <summary>A checklist of a collection or a card (A:`retrieve-collection-checklist-list-3589236e0`).</summary>
internal static class Checklists
{
    public static readonly EntitySchema Schema = new("checklist");
    public static readonly Field CollectionId = Schema.Text("collection_id");
    public static readonly Field CardId = Schema.Text("card_id");
    public static readonly Field BoardChecklistId = Schema.Text("board_checklist_id");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Editable = Schema.Boolean("editable", true);
    public static readonly Field Position = Schema.Integer("position", 0);
    public static readonly Field Items = Schema.Json("items", "[]");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}

/// <summary>An attachment of a collection (A:`344681m0`).</summary>
internal static class Attachments
{
    public static readonly EntitySchema Schema = new("attachment", deleted: true);
    public static readonly Field Filename = Schema.Text("filename");
    public static readonly Field File = Schema.Text("file");
    public static readonly Field Type = Schema.Text("type", "fs.mostwanted.io");
    public static readonly Field Checksum = Schema.Text("checksum");
    public static readonly Field Signature = Schema.Text("signature");
    public static readonly Field Bytes = Schema.Integer("bytes", 0);
    public static readonly Field Thumbnail = Schema.Text("thumbnail");
    public static readonly Field ThumbnailBytes = Schema.Integer("thumbnail_bytes");
    public static readonly Field CollectionId = Schema.Text("collection_id");
    public static readonly Field CardId = Schema.Text("card_id");
    public static readonly Field UserId = Schema.Text("user_id");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}

/// <summary>A comment on a collection (A:`344682m0`).</summary>
internal static class Comments
{
    public static readonly EntitySchema Schema = new("comment", deleted: true);
    public static readonly Field Text = Schema.Text("text", "");
    public static readonly Field UserMentions = Schema.Json("user_mentions", "[]");
    public static readonly Field CollectionId = Schema.Text("collection_id");
    public static readonly Field CardId = Schema.Text("card_id");
    public static readonly Field ParentId = Schema.Text("parent_id");
    public static readonly Field UserId = Schema.Text("user_id");

    static Comments() => Schema.Relate(new ToOne("user", "user", "user_id"));
}

/// <summary>A webhook (A:`344693m0`); `fail_streak` is text, as in the vendor's sample.</summary>
internal static class Webhooks
{
    public static readonly EntitySchema Schema = new("webhook");
    public static readonly Field Url = Schema.Text("url");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Active = Schema.Boolean("active", true);
    public static readonly Field EventTypes = Schema.Json("event_types", "[]");
    public static readonly Field ApiKeyId = Schema.Text("api_key_id");
    public static readonly Field DeveloperClientId = Schema.Text("developer_client_id");
    public static readonly Field ThirdParty = Schema.Boolean("third_party");
    public static readonly Field FailStreak = Schema.Text("fail_streak", "0");
    public static readonly Field FailStreakStartedAt = Schema.Timestamp("fail_streak_started_at");
    public static readonly Field LastFailedAt = Schema.Timestamp("last_failed_at");
    public static readonly Field MailedWarningAt = Schema.Timestamp("mailed_warning_at");
    public static readonly Field MailedDisabledAt = Schema.Timestamp("mailed_disabled_at");
    public static readonly Field DisabledUntil = Schema.Timestamp("disabled_until");
    public static readonly Field CanSend = Schema.Boolean("can_send", true);
}
