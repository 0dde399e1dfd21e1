using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A planning board with its statuses, labels and custom fields, which have no endpoint of their own
/// (A:`344890m0`, A:`status`).</summary>
internal static class Boards
{
    public static readonly Table Dim = Dimension("dim_board", "board", "One row per board.")
        .Titled("Bord")
        .Text("name", 255, "Name of the board.")
        .Dutch("Naam")
        .Text("color", 50, "Colour of the board.")
        .Dutch("Kleur")
        .Text("capacity_method", 50, "Which card time counts as load: estimated_time, remaining_time or none.")
        .Dutch("Capaciteitsmethode")
        .Text("visibility", 50, "everyone or restricted.")
        .Dutch("Zichtbaarheid")
        .Text(
            "dependency_behavior",
            50,
            "What moving a card does to the cards that depend on it: notify, push or maintain."
        )
        .Dutch("Gedrag van afhankelijkheden")
        .Bool("splits_cards_by_activity", "A planned collection yields a card per activity.", "split_cards_by_activity")
        .Dutch("Kaart per activiteit")
        .Bool("has_own_backlog", "The board keeps its own backlog.", "own_backlog")
        .Dutch("Eigen werkvoorraad")
        .Bool("works_monday", "Monday is a workday.", "workdays.1")
        .Dutch("Werkt op maandag")
        .Bool("works_tuesday", "Tuesday is a workday.", "workdays.2")
        .Dutch("Werkt op dinsdag")
        .Bool("works_wednesday", "Wednesday is a workday.", "workdays.3")
        .Dutch("Werkt op woensdag")
        .Bool("works_thursday", "Thursday is a workday.", "workdays.4")
        .Dutch("Werkt op donderdag")
        .Bool("works_friday", "Friday is a workday.", "workdays.5")
        .Dutch("Werkt op vrijdag")
        .Bool("works_saturday", "Saturday is a workday.", "workdays.6")
        .Dutch("Werkt op zaterdag")
        .Bool("works_sunday", "Sunday is a workday.", "workdays.7")
        .Dutch("Werkt op zondag")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Timestamp("archived_at", "When the board was archived.")
        .Dutch("Gearchiveerd op")
        .MarkedDeleted()
        .Build();

    public static readonly Table Statuses = Dimension(
            "dim_status",
            "status",
            "One row per status of a board.",
            "statuses"
        )
        .Titled("Status")
        .Ref("board_key", Dim.Name, "board", "../id", "The board the status belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Name of the status.")
        .Dutch("Naam")
        .Text("color", 50, "Colour of the status.")
        .Dutch("Kleur")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Dutch("Volgorde")
        .Bool("is_entry", "The status a card starts in.", "entry")
        .Dutch("Beginstatus")
        .Bool("is_exit", "The status of a finished card.", "exit")
        .Dutch("Eindstatus")
        .Build();

    public static readonly Table Labels = Dimension("dim_label", "label", "One row per label of a board.", "labels")
        .Titled("Label")
        .Ref("board_key", Dim.Name, "board", "../id", "The board the label belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Text of the label.")
        .Dutch("Naam")
        .Text("color", 50, "Colour of the label.")
        .Dutch("Kleur")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Dutch("Volgorde")
        .Build();

    public static readonly Table CustomFields = Dimension(
            "dim_custom_field",
            "custom_field",
            "One row per custom field of a board.",
            "custom_fields"
        )
        .Titled("Eigen veld")
        .Ref("board_key", Dim.Name, "board", "../id", "The board the field belongs to.")
        .ChildOf(Dim, "board_key")
        .Text("name", 255, "Name of the field.")
        .Dutch("Naam")
        .Text(
            "field_type",
            50,
            "text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.",
            "type"
        )
        .Dutch("Soort veld")
        .Text("scope", 50, "What carries its values: card or collection.")
        .Dutch("Bereik")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Dutch("Volgorde")
        .RawJson("options", "What can be chosen, and the default.")
        .Dutch("Keuzes")
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
