using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// A planned piece of work. Planned minutes are not on the bare card: they come with its activities (A:`344680m0`),
/// flat or in a <c>pivot</c> object (gaps E3). A card has no due date of its own: it is its collection's.
/// </summary>
internal static class Cards
{
    private static readonly Lookup BoardOfStage = new("stage_key", Stages.Dim.Name, "board_key");
    private static readonly Lookup BoardOfCollection = new("collection_key", Collections.Dim.Name, "board_key");
    private static readonly Lookup DueOfCollection = new("collection_key", Collections.Dim.Name, "due_date");

    public static readonly Table Dim = Planning(Dimension("dim_card", "card", "One row per card.").Titled("Kaart"))
        .Ref("parent_card_key", "dim_card", "card", "parent_card_id", "The card it was split from.")
        .Dutch("Hoofdkaart (sleutel)")
        .Text("name", 255, "Name of the card.")
        .Dutch("Naam")
        .Text("description", 4000, "Description.")
        .Dutch("Omschrijving")
        .Date("start", "Planned first day.")
        .Dutch("Startdatum")
        .Time("start_time", "Planned start, in the environment's local time.")
        .Dutch("Starttijd")
        .Date("end", "Planned last day.")
        .Dutch("Einddatum")
        .Time("end_time", "Planned end, in the environment's local time.")
        .Dutch("Eindtijd")
        .Timestamp("completed_at", "When it was finished.")
        .Dutch("Voltooid om")
        .Bool("is_locked", "Planners cannot move it.", "locked")
        .Dutch("Vergrendeld")
        .Bool("has_running_timer", "Someone is tracking time on it now.", "time_tracking_running")
        .Dutch("Lopende timer")
        .Text("rank", 255, "Order within its stage.")
        .Dutch("Rang")
        .Int32("position", "Order within its collection.")
        .Dutch("Positie")
        .Int32("days_diff", "As vPlan sends it; its meaning is not documented.")
        .Dutch("Dagen verschil")
        .Int32("days_active", "As vPlan sends it; its meaning is not documented.")
        .Dutch("Dagen actief")
        .Text("card_recurring_id", 36, "The series it belongs to.")
        .Dutch("Reeks")
        .Text("batch_id", 36, "Batch marker.")
        .Dutch("Batch")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    public static readonly Table Fact = Planning(
            TableBuilder.Fact("fact_card", "card", "One row per card, as planned now.").Titled("Kaartplanning")
        )
        .Date("start", "Planned first day.")
        .Dutch("Startdatum")
        .Date("end", "Planned last day.")
        .Dutch("Einddatum")
        .LookupDate("due", DueOfCollection, "Due date of its collection, also of one that was deleted since.")
        .Dutch("Uiterste datum")
        .BusinessDate("completed", "Day it was finished.", "completed_at")
        .Dutch("Voltooid op")
        .BusinessDate("created", "Day it was made.", "created_at")
        .Dutch("Gemaakt op")
        .SumMinutes("planned_minutes", "activities", "time", "pivot.time", "Planned time over its activities.")
        .Dutch("Geplande minuten")
        .SumMinutes(
            "remaining_minutes",
            "activities",
            "time_remaining",
            "pivot.time_remaining",
            "Time left over its activities."
        )
        .Dutch("Resterende minuten")
        .SumMinutes(
            "original_minutes",
            "activities",
            "time_original",
            "pivot.time_original",
            "First planned time over its activities."
        )
        .Dutch("Oorspronkelijke minuten")
        .Count("activity_count", "activities", "Number of activities.")
        .Dutch("Aantal activiteiten")
        .Count("resource_count", "resources", "Number of resources assigned.")
        .Dutch("Aantal resources")
        .IsPresent("is_scheduled", "start_date", "It has a planned first day.")
        .Dutch("Ingepland")
        .IsPresent("is_completed", "completed_at", "It is finished.")
        .Dutch("Voltooid")
        .Derived(
            "days_late",
            ColumnType.Int32,
            DaysLate,
            "Days from due date to completion, or to today while open; empty without a due date.",
            "days"
        )
        .Dutch("Dagen te laat")
        .PartitionBy("start_date")
        .Build();

    public static readonly Table ActivityFact = Activities.PlannedOn(Dim);

    public static readonly Table ResourceBridge = Bridge(
            "bridge_card_resource",
            "card_resource",
            "One row per resource assigned to a card.",
            "resources",
            Dim
        )
        .Titled("Resource van kaart")
        .Ref("resource_key", Resources.Dim.Name, "resource", "id", "The resource.")
        .Build();

    public static readonly Table LabelBridge = Bridge(
            "bridge_card_label",
            "card_label",
            "One row per label on a card.",
            "labels",
            Dim
        )
        .Titled("Label van kaart")
        .FiltersBack("card_key")
        .Ref("label_key", Boards.Labels.Name, "label", "id", "The label.")
        .Build();

    public static readonly Table CustomFields = CustomFieldValues.Of(Dim);

    public static readonly Entity Entity = new(
        "card",
        new Endpoint("/card")
        {
            With = ["activities", "resources", "labels"],
            BusinessField = "start_date",
            BusinessFieldIsDate = true,
            Fallback = new ParentList("collection", "/collection/{id}/card"),
            Lookback = new Lookback(35, ["start_date", "end_date"]) { EmptyWhileOpen = "completed_at" },
        },
        [Dim, Fact, ActivityFact, ResourceBridge, LabelBridge, CustomFields]
    )
    {
        IgnoredProperties =
        [
            "date",
            "start",
            "end",
            "stage",
            "status",
            "collection",
            "time",
            "time_tracking",
            "relations",
        ],
    };

    private static TableBuilder Planning(TableBuilder table) =>
        table
            .Ref(
                "collection_key",
                Collections.Dim.Name,
                "collection",
                "collection_id",
                "The collection (job) it belongs to."
            )
            .Ref(
                "board_key",
                Boards.Dim.Name,
                "board",
                "board_id",
                "The board it is on.",
                BoardOfStage,
                BoardOfCollection
            )
            .Ref("stage_key", Stages.Dim.Name, "stage", "stage_id", "The stage it is in.")
            .Ref("status_key", Boards.Statuses.Name, "status", "status_id", "Its status.");

    private static long? DaysLate(RowView row) =>
        row.Date("due_date") is { } due ? (row.Date("completed_date") ?? row.Today).DayNumber - due.DayNumber : null;
}
