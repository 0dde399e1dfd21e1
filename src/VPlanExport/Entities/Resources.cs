using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>An employee, a machine or a cell that work is planned on (A:`resource-67874d0`).</summary>
internal static class Resources
{
    public static readonly Table Dim = Dimension("dim_resource", "resource", "One row per resource, archived ones too.")
        .Titled("Resource")
        .Text("name", 255, "Name of the person, machine or cell.", personal: true)
        .Dutch("Naam")
        .Text("resource_type", 50, "employee, machine or cell.", "type")
        .Dutch("Soort resource")
        .Text("description", 4000, "Description.")
        .Dutch("Omschrijving")
        .Date("start", "First day of employment or use.")
        .Dutch("Startdatum")
        .Date("end", "Last day of employment or use.")
        .Dutch("Einddatum")
        .Date("workdays_start", "First day of the standard hours.")
        .Dutch("Start van standaarduren")
        .Hours("monday", "maandag", 1)
        .Hours("tuesday", "dinsdag", 2)
        .Hours("wednesday", "woensdag", 3)
        .Hours("thursday", "donderdag", 4)
        .Hours("friday", "vrijdag", 5)
        .Hours("saturday", "zaterdag", 6)
        .Hours("sunday", "zondag", 7)
        .Bool("has_integration_schedule", "The schedule comes from an integration.", "integration_schedule")
        .Dutch("Rooster uit integratie")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Text("transaction", 36, "Integration marker.")
        .Dutch("Transactie")
        .Timestamp("archived_at", "When the resource was archived.")
        .Dutch("Gearchiveerd op")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new(
        "resource",
        new Endpoint("/resource") { Archived = ArchivedRows.Separate, Hide = ["avatar"] },
        [Dim]
    )
    {
        IgnoredProperties =
        [
            "avatar",
            "color_hex",
            "boards",
            "activities",
            "cards",
            "resources",
            "schedules",
            "schedule_deviations",
        ],
    };

    private static TableBuilder Hours(this TableBuilder table, string day, string dutch, int weekday) =>
        table
            .Decimal($"hours_{day}", 9, 4, $"Standard hours on {day}.", $"workdays.{weekday}", "hours")
            .Dutch($"Uren op {dutch}");
}
