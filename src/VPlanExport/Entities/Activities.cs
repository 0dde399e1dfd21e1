using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A kind of work. Its display name is <c>description</c> (A:`344675m0`).</summary>
public static class Activities
{
    public static readonly Table Dim = Dimension("dim_activity", "activity", "One row per activity.")
        .Text("name", 255, "Display name.", "description", or: "name")
        .Text("code", 100, "Code; empty when unset.")
        .Text("resource_type", 50, "machine, cell or employee.")
        .Ref("item_key", Items.Dim.Name, "item", "item_id", "The linked item.")
        .Int32("default_minutes", "Planned time of a new piece of this work.", "default_duration", "minutes")
        .Int32("day_max_minutes", "Most that is planned on one day; 0 is no limit.", "day_max_duration", "minutes")
        .Bool("is_billable", "Time on it can be invoiced.", "billable")
        .Decimal("hourly_rate", 18, 4, "Rate as vPlan stores it; its currency is not documented.")
        .Text("external_ref", 255, "Id in the source system.")
        .Text("transaction", 36, "Integration marker.")
        .Timestamp("archived_at", "When the activity was archived.")
        .Build();

    public static readonly Entity Entity = new("activity", new Endpoint("/activity") { Archived = ArchivedRows.Tried }, [Dim])
    {
        LeftOut = ["position", "time", "time_remaining", "time_original", "stages", "time_tracking"],
    };
}
