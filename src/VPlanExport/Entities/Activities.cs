using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A kind of work. Its display name is <c>description</c> (A:`344675m0`).</summary>
internal static class Activities
{
    public static readonly Table Dim = Dimension("dim_activity", "activity", "One row per activity.")
        .Titled("Activiteit")
        .Text("name", 255, "Display name.", "description", or: "name")
        .Dutch("Naam")
        .Text("code", 100, "Code; empty when unset.")
        .Dutch("Code")
        .Text("resource_type", 50, "machine, cell or employee.")
        .Dutch("Soort resource")
        .Ref("item_key", Items.Dim.Name, "item", "item_id", "The linked item.")
        .Int32("default_minutes", "Planned time of a new piece of this work.", "default_duration", "minutes")
        .Dutch("Standaardminuten")
        .Int32("day_max_minutes", "Most that is planned on one day; 0 is no limit.", "day_max_duration", "minutes")
        .Dutch("Maximum minuten per dag")
        .Bool("is_billable", "Time on it can be invoiced.", "billable")
        .Dutch("Declarabel")
        .Decimal("hourly_rate", 18, 4, "Rate as vPlan stores it; its currency is not documented.")
        .Dutch("Uurtarief")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Text("transaction", 36, "Integration marker.")
        .Dutch("Transactie")
        .Timestamp("archived_at", "When the activity was archived.")
        .Dutch("Gearchiveerd op")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new(
        "activity",
        new Endpoint("/activity") { Archived = ArchivedRows.Tried },
        [Dim]
    )
    {
        IgnoredProperties = ["position", "time", "time_remaining", "time_original", "stages", "time_tracking"],
    };

    /// <summary>One row per activity that is planned on a card or a collection; the times come flat or in a
    /// <c>pivot</c> object (gaps E3).</summary>
    public static Table PlannedOn(Table owner) =>
        ChildFact(
                $"fact_{owner.KeyEntity}_activity",
                $"{owner.KeyEntity}_activity",
                $"One row per activity on a {owner.KeyEntity}.",
                "activities",
                owner,
                countsRepeats: true
            )
            .Titled($"Activiteit van {owner.Dutch.ToLowerInvariant()}")
            .Ref("activity_key", Dim.Name, "activity", "id", "The activity.")
            .Int32("position", $"Order on the {owner.KeyEntity}.", "position", or: "pivot.position")
            .Dutch("Positie")
            .Minutes("planned_minutes", "Planned time.", "time", "pivot.time")
            .Dutch("Geplande minuten")
            .Minutes("remaining_minutes", "Time left.", "time_remaining", "pivot.time_remaining")
            .Dutch("Resterende minuten")
            .Minutes("original_minutes", "First planned time.", "time_original", "pivot.time_original")
            .Dutch("Oorspronkelijke minuten")
            .Build();
}
