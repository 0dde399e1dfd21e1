namespace VPlanExport.Sandbox;

/// <summary>Every entity of the API, those with a list of their own first.</summary>
internal static class Schemas
{
    /// <summary>Entities listed at `/name` and, but for the card, read at `/name/{id}`.</summary>
    public static readonly IReadOnlyList<EntitySchema> Listed =
    [
        Boards.Schema,
        Stages.Schema,
        Activities.Schema,
        Resources.Schema,
        Groups.Schema,
        Users.Schema,
        Spaces.Schema,
        Collections.Schema,
        Cards.Schema,
        CardRelations.Schema,
        TimeEntries.Schema,
        Orders.Schema,
        Items.Schema,
        Projects.Schema,
        TradeRelations.Schema,
        Warehouses.Schema,
        Webhooks.Schema,
    ];

    /// <summary>Entities that are reached through a parent only.</summary>
    public static readonly IReadOnlyList<EntitySchema> Nested =
    [
        Labels.Schema,
        Statuses.Schema,
        Schedules.Schema,
        Deviations.Schema,
        OrderRows.Schema,
        Checklists.Schema,
        Attachments.Schema,
        Comments.Schema,
    ];

    public static readonly IReadOnlyList<EntitySchema> All = [.. Listed, .. Nested];
}
