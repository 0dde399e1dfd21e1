using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A store that orders are delivered from or to (A:`warehouse`).</summary>
internal static class Warehouses
{
    public static readonly Table Dim = Dimension("dim_warehouse", "warehouse", "One row per warehouse.")
        .Titled("Magazijn")
        .Text("name", 255, "Name.")
        .Dutch("Naam")
        .Text("code", 50, "Code.")
        .Dutch("Code")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("warehouse", new Endpoint("/warehouse"), [Dim]);
}
