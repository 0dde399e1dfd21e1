using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A customer or supplier (A:`344691m0`).</summary>
internal static class Relations
{
    public static readonly Table Dim = Dimension("dim_relation", "relation", "One row per customer or supplier.")
        .Text("name", 100, "Name.")
        .Text("description", 150, "Description.")
        .Text("relation_type", 255, "Free text, such as customer or supplier.", "type")
        .Text("note", 65535, "Note.", personal: true)
        .Text("phone", 25, "Telephone number.", personal: true)
        .Text("fax", 25, "Fax number.", personal: true)
        .Text("email", 254, "E-mail address.", personal: true)
        .Text("website", 512, "Website.")
        .Text("external_ref", 255, "Id in the source system.")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("relation", new Endpoint("/relation"), [Dim]);
}
