using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// A resource's day: how many hours it can be planned for. vPlan makes the days again after a change of the resource,
/// with other ids, so a row is known by resource and date (A:`retrieve-schedule-list-3589197e0`).
/// </summary>
internal static class Schedules
{
    public static readonly Table Fact = JoinedFact(
            "fact_resource_day",
            "resource_day",
            "One row per resource per day.",
            "resource_id",
            "date"
        )
        .Titled("Resourcedag")
        .Ref("resource_key", Resources.Dim.Name, "resource", "resource_id", "The resource.")
        .Day("The day.")
        .Dutch("Datum")
        .Decimal("hours_available", 9, 4, "Net hours that can be planned.", unit: "hours")
        .Dutch("Beschikbaar in uren")
        .Decimal("hours_work", 9, 4, "Hours of the roster.", unit: "hours")
        .Dutch("Rooster in uren")
        .Decimal("hours_leave", 9, 4, "Hours of leave.", unit: "hours")
        .Dutch("Verlof in uren")
        .Decimal("hours_absence", 9, 4, "Hours of other absence.", unit: "hours")
        .Dutch("Afwezigheid in uren")
        .Build();

    public static readonly Entity Entity = new(
        "schedule",
        new Endpoint("/resource/{id}/schedule")
        {
            Parent = Resources.Entity.Name,
            BusinessField = "date",
            BusinessFieldIsDate = true,
            Days = new DaysAround(400, 400),
        },
        [Fact]
    )
    {
        IgnoredProperties = ["id"],
    };
}
