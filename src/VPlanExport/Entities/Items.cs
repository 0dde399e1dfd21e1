using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A product or part (A:`344689m0`). Stock levels are not in the API.</summary>
internal static class Items
{
    public static readonly Table Dim = Dimension("dim_item", "item", "One row per item.")
        .Text("code", 50, "Code.")
        .Text("description", 150, "Description.")
        .Text("item_type", 50, "Type, as the source system names it.", "type")
        .Text("unit", 50, "Unit it is counted in.")
        .Text("note", 65535, "Note.")
        .Text("location", 255, "Where it is stored.")
        .Bool("has_stock_management", "Its stock is managed.", "stockmanagement")
        .Text("external_ref", 255, "Id in the source system.")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("item", new Endpoint("/item"), [Dim]);
}
