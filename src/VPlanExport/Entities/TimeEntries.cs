using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// Tracked time. <c>duration</c> is taken as delivered, in minutes: an entry can be stored with a duration only, and
/// vPlan rounds up (A:`344684m0`). Entries without a card exist (gaps E21).
/// </summary>
internal static class TimeEntries
{
    public static readonly Table Fact = TableBuilder
        .Fact("fact_time_entry", "time_entry", "One row per time entry.")
        .Titled("Urenregel")
        .Ref("card_key", Cards.Dim.Name, "card", "card_id", "The card the time was spent on.")
        .Ref(
            "collection_key",
            Collections.Dim.Name,
            "collection",
            null,
            "The card's collection.",
            new Lookup("card_key", Cards.Dim.Name, "collection_key")
        )
        .Ref(
            "board_key",
            Boards.Dim.Name,
            "board",
            null,
            "The card's board.",
            new Lookup("card_key", Cards.Dim.Name, "board_key")
        )
        .Ref("activity_key", Activities.Dim.Name, "activity", "activity_id", "The kind of work.")
        .Ref("user_key", Users.Dim.Name, "user", "user_id", "Who tracked it.")
        .Ref(
            "resource_key",
            Resources.Dim.Name,
            "resource",
            null,
            "The user's resource.",
            new Lookup("user_key", Users.Dim.Name, "resource_key")
        )
        .BusinessDate("work", "Day the work started.", "start")
        .Dutch("Werkdatum")
        .Timestamp("started_at", "Start of the work.", "start")
        .Dutch("Begonnen om")
        .Timestamp("ended_at", "End of the work; empty while running.", "end")
        .Dutch("Beëindigd om")
        .Minutes("minutes", "Tracked time as vPlan delivers it.", "duration")
        .Dutch("Minuten")
        .Text("status", 50, "draft, pending, approved or rejected.")
        .Dutch("Status")
        .Bool("is_running", "The timer still runs: its minutes are not final.", "running")
        .Dutch("Loopt nog")
        .Bool("is_locked", "Can no longer be changed.", "locked")
        .Dutch("Vergrendeld")
        .Text("note", 4000, "Note of the worker.", personal: true)
        .Dutch("Notitie")
        .Timestamp("synchronized_at", "When an integration took it over.")
        .Dutch("Gesynchroniseerd om")
        .Bool("has_external_failure", "The integration could not take it over.", "external_failed")
        .Dutch("Integratie mislukt")
        .Text("external_note", 4000, "Note of the integration.")
        .Dutch("Externe notitie")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .PartitionBy("work_date")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new(
        "time_tracking",
        new Endpoint("/time_tracking") { BusinessField = "start" },
        [Fact]
    )
    {
        IgnoredProperties = ["user", "card", "activity"],
    };
}
