using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A planning board with its statuses, labels and custom fields, which have no endpoint of their own
/// (A:`344890m0`, A:`status`).</summary>
internal static class Boards
{
    public static readonly Table Dim = Dimension("dim_board", "board", "One row per board.")
        .Text("name", 255, "Name of the board.")
        .Text("color", 50, "Colour of the board.")
        .Text("capacity_method", 50, "Which card time counts as load: estimated_time, remaining_time or none.")
        .Text("visibility", 50, "everyone or restricted.")
        .Text(
            "dependency_behavior",
            50,
            "What moving a card does to the cards that depend on it: notify, push or maintain."
        )
        .Bool("splits_cards_by_activity", "A planned collection yields a card per activity.", "split_cards_by_activity")
        .Bool("has_own_backlog", "The board keeps its own backlog.", "own_backlog")
        .Bool("works_monday", "Monday is a workday.", "workdays.1")
        .Bool("works_tuesday", "Tuesday is a workday.", "workdays.2")
        .Bool("works_wednesday", "Wednesday is a workday.", "workdays.3")
        .Bool("works_thursday", "Thursday is a workday.", "workdays.4")
        .Bool("works_friday", "Friday is a workday.", "workdays.5")
        .Bool("works_saturday", "Saturday is a workday.", "workdays.6")
        .Bool("works_sunday", "Sunday is a workday.", "workdays.7")
        .Text("external_ref", 255, "Id in the source system.")
        .Timestamp("archived_at", "When the board was archived.")
        .MarkedDeleted()
        .Build();

    public static readonly Table Statuses = Dimension(
            "dim_status",
            "status",
            "One row per status of a board.",
            "statuses"
        )
        .Ref("board_key", Dim.Name, "board", "../id", "The board the status belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Name of the status.")
        .Text("color", 50, "Colour of the status.")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Bool("is_entry", "The status a card starts in.", "entry")
        .Bool("is_exit", "The status of a finished card.", "exit")
        .Build();

    public static readonly Table Labels = Dimension("dim_label", "label", "One row per label of a board.", "labels")
        .Ref("board_key", Dim.Name, "board", "../id", "The board the label belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Text of the label.")
        .Text("color", 50, "Colour of the label.")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Build();

    public static readonly Table CustomFields = Dimension(
            "dim_custom_field",
            "custom_field",
            "One row per custom field of a board.",
            "custom_fields"
        )
        .Ref("board_key", Dim.Name, "board", "../id", "The board the field belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Name of the field.")
        .Text(
            "field_type",
            50,
            "text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.",
            "type"
        )
        .Text("scope", 50, "What carries its values: card or collection.")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .RawJson("options", "What can be chosen, and the default.")
        .Build();

    public static readonly Entity Entity = new(
        "board",
        new Endpoint("/board") { Archived = ArchivedRows.Tried },
        [Dim, Statuses, Labels, CustomFields]
    )
    {
        IgnoredProperties =
        [
            "restricted_users",
            "permission_set",
            "card_lock_options",
            "stages",
            "custom_fields[].value",
            "custom_fields[].selected",
            "custom_fields[].list",
            "custom_fields[].components",
            "custom_fields[].drawing_id",
        ],
    };
}
