using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>Leave and absence of a resource (A:`retrieve-deviation-list-3809785e0`). Hours come from the schedule, not
/// from here (gaps E13).</summary>
internal static class Absences
{
    public static readonly Table Fact = TableBuilder
        .Fact("fact_absence", "absence", "One row per leave or absence of a resource.")
        .Titled("Afwezigheid")
        .Ref("resource_key", Resources.Dim.Name, "resource", "resource_id", "The resource.")
        .Text("absence_type", 50, "leave, holiday, other, maintenance or malfunction.", "type")
        .Dutch("Soort afwezigheid")
        .Date("start", "First day.")
        .Dutch("Startdatum")
        .Date("end", "Last day, included.")
        .Dutch("Einddatum")
        .Minutes("minutes_per_day", "Minutes of absence a day; 0 can mean whole days.", "time")
        .Dutch("Minuten per dag")
        .Text("description", 255, "Description.", personal: true)
        .Dutch("Omschrijving")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Build();

    public static readonly Entity Entity = new(
        "schedule_deviation",
        new Endpoint("/resource/{id}/schedule_deviation")
        {
            Parent = Resources.Entity.Name,
            BusinessField = "start_date",
            BusinessFieldIsDate = true,
        },
        [Fact]
    )
    {
        IgnoredProperties = ["icon", "color"],
    };
}
