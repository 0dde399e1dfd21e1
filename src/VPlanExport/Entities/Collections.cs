using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A job: the order or project whose work is planned as cards (A:`collection-377747f0`).</summary>
internal static class Collections
{
    public static readonly Table Dim = Dimension("dim_collection", "collection", "One row per collection (job).")
        .Titled("Collectie")
        .Ref("board_key", Boards.Dim.Name, "board", "board_id", "The board it is planned on; unknown while unplanned.")
        .Ref("order_key", Orders.Dim.Name, "order", "order.id", "The order it was made from.")
        .Text("name", 255, "Name; the order's code when an order made it.")
        .Dutch("Naam")
        .Text("description", 4000, "Description.")
        .Dutch("Omschrijving")
        .Text("status", 50, "planned, not_planned or ignored.")
        .Dutch("Status")
        .Text("progress", 50, "open, partial or done.")
        .Dutch("Voortgang")
        .Text("source_type", 50, "custom, order or clone.")
        .Dutch("Soort bron")
        .Date("start", "First planned day over its cards.", "start")
        .Dutch("Startdatum")
        .Date("end", "Last planned day over its cards.", "end")
        .Dutch("Einddatum")
        .Date("due", "Promised or desired date.")
        .Dutch("Uiterste datum")
        .BusinessDate("created", "Day it was made.", "created_at")
        .Dutch("Gemaakt op")
        .Int32("position", "Order among collections.")
        .Dutch("Positie")
        .RawJson("meta", "What the order that made it said.")
        .Dutch("Metagegevens")
        .RawJson("warnings", "Planning warnings.")
        .Dutch("Waarschuwingen")
        .Count("checklist_count", "checklists", "Number of checklists.")
        .Dutch("Aantal checklists")
        .Count("comment_count", "comments", "Number of comments.")
        .Dutch("Aantal opmerkingen")
        .Count("attachment_count", "attachments", "Number of attachments.")
        .Dutch("Aantal bijlagen")
        .Text("batch_id", 36, "Batch marker.")
        .Dutch("Batch")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    /// <summary>What is to be done for it; planning turns it into cards.</summary>
    public static readonly Table ActivityFact = Activities.PlannedOn(Dim);

    public static readonly Table Labels = Bridge(
            "bridge_collection_label",
            "collection_label",
            "One row per label on a collection.",
            "labels",
            Dim
        )
        .Titled("Label van collectie")
        .Ref("label_key", Boards.Labels.Name, "label", "id", "The label.")
        .Build();

    public static readonly Table CustomFields = CustomFieldValues.Of(Dim);

    public static readonly Entity Entity = new(
        "collection",
        new Endpoint("/collection")
        {
            With = ["labels", "order", "activities", "checklists", "comments", "attachments"],
            Hide = ["cover_image_url", "cover_image_signature"],
            Lookback = new Lookback(35, ["start", "end", "due_date"]) { Open = ("progress", ["open", "partial"]) },
        },
        [Dim, ActivityFact, Labels, CustomFields]
    )
    {
        IgnoredProperties =
        [
            "cover_image_url",
            "cover_image_signature",
            "cover_image_checksum",
            "cover_image_bytes",
            "cover_color_hex",
            "cards",
            "followers",
        ],
    };
}
