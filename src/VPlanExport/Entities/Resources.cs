using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>An employee, a machine or a cell that work is planned on (A:`resource-67874d0`).</summary>
internal static class Resources
{
    public static readonly Table Dim = Dimension("dim_resource", "resource", "One row per resource, archived ones too.")
        .Text("name", 255, "Name of the person, machine or cell.", personal: true)
        .Text("resource_type", 50, "employee, machine or cell.", "type")
        .Text("description", 4000, "Description.")
        .Date("start", "First day of employment or use.")
        .Date("end", "Last day of employment or use.")
        .Date("workdays_start", "First day of the standard hours.")
        .Hours("monday", 1)
        .Hours("tuesday", 2)
        .Hours("wednesday", 3)
        .Hours("thursday", 4)
        .Hours("friday", 5)
        .Hours("saturday", 6)
        .Hours("sunday", 7)
        .Bool("has_integration_schedule", "The schedule comes from an integration.", "integration_schedule")
        .Text("external_ref", 255, "Id in the source system.")
        .Text("transaction", 36, "Integration marker.")
        .Timestamp("archived_at", "When the resource was archived.")
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

    private static TableBuilder Hours(this TableBuilder table, string day, int weekday) =>
        table.Decimal($"hours_{day}", 9, 4, $"Standard hours on {day}.", $"workdays.{weekday}", "hours");
}
