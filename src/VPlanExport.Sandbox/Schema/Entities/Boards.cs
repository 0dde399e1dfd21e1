namespace VPlanExport.Sandbox;

/// <summary>A board (A:`344890m0`).</summary>
internal static class Boards
{
    public static readonly EntitySchema Schema = new("board", archived: true, deleted: true);
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Workdays = Schema.Json(
        "workdays",
        """{"1":true,"2":true,"3":true,"4":true,"5":true,"6":false,"7":false}"""
    );
    public static readonly Field Color = Schema.Text("color", "transparent");
    public static readonly Field SplitByActivity = Schema.Boolean("split_cards_by_activity");
    public static readonly Field OwnBacklog = Schema.Boolean("own_backlog");
    public static readonly Field CapacityMethod = Schema.Text("capacity_method", "estimated_time");
    public static readonly Field Visibility = Schema.Text("visibility", "everyone");
    public static readonly Field RestrictedUsers = Schema.Json("restricted_users", "[]");
    public static readonly Field PermissionSet = Schema.Text("permission_set", "board_admin");
    public static readonly Field DependencyBehavior = Schema.Text("dependency_behavior", "notify");
    public static readonly Field CardLockOptions = Schema.Json("card_lock_options", "[]");
    public static readonly Field CustomFields = Schema.Json("custom_fields", "[]");

    static Boards() =>
        Schema.Relate(
            new ToMany("labels", "label", "board_id") { Embedded = true },
            new ToMany("statuses", "status", "board_id") { Embedded = true },
            new ToMany("stages", "stage", "board_id"),
            new ToMany("collections", "collection", "board_id"),
            new ToMany("cards", "card", "board_id")
        );
}

/// <summary>A label of a board (A:`create-new-board-3589174e0`); it has no endpoint of its own.</summary>
internal static class Labels
{
    public static readonly EntitySchema Schema = new("label");
    public static readonly Field BoardId = Schema.Text("board_id");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Priority = Schema.Integer("priority", 0);
    public static readonly Field Color = Schema.Text("color", "transparent");
}

/// <summary>A status of a board (A:`status`); it has no endpoint of its own.</summary>
internal static class Statuses
{
    public static readonly EntitySchema Schema = new("status");
    public static readonly Field BoardId = Schema.Text("board_id");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Color = Schema.Text("color", "transparent");
    public static readonly Field Priority = Schema.Integer("priority", 0);
    public static readonly Field Entry = Schema.Boolean("entry");
    public static readonly Field Exit = Schema.Boolean("exit");
}

/// <summary>A stage of a board (A:`stage-377740f0`).</summary>
internal static class Stages
{
    public static readonly EntitySchema Schema = new("stage", deleted: true);
    public static readonly Field BoardId = Schema.Text("board_id");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Priority = Schema.Integer("priority", 0);
    public static readonly Field CapacityNotification = Schema.Boolean("capacity_notification");
    public static readonly Field CapacityNotificationMin = Schema.Integer("capacity_notification_min", 80);
    public static readonly Field CapacityNotificationMax = Schema.Integer("capacity_notification_max", 100);
    public static readonly Field DelayDay = Schema.Integer("delay_day", 0);
    public static readonly Field Efficiency = Schema.Integer("efficiency", 100);
    public static readonly Field Independent = Schema.Boolean("independent");
    public static readonly Field DefaultPercentage = Schema.Integer("default_percentage", 100);

    static Stages() => Schema.Relate(new Linked("activities", "activity"));
}

/// <summary>An activity; `description` is its display name (A:`344675m0`).</summary>
internal static class Activities
{
    public static readonly EntitySchema Schema = new("activity", archived: true, deleted: true);
    public static readonly Field ItemId = Schema.Text("item_id");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
    public static readonly Field Transaction = Schema.Text("transaction");
    public static readonly Field Description = Schema.Text("description", "");
    public static readonly Field Code = Schema.Text("code", "");
    public static readonly Field ResourceType = Schema.Text("resource_type", "employee");
    public static readonly Field DefaultDuration = Schema.Integer("default_duration", 60);
    public static readonly Field DayMaxDuration = Schema.Integer("day_max_duration", 0);
    public static readonly Field Billable = Schema.Boolean("billable");
    public static readonly Field HourlyRate = Schema.Integer("hourly_rate", 0);

    static Activities() =>
        Schema.Relate(
            new ToMany("time_tracking", "time_tracking", "activity_id"),
            new LinkedFrom("stages", "stage", "activities")
        );
}
