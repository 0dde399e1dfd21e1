using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A named set of resources. Its full schema is not documented (gaps E16).</summary>
internal static class Groups
{
    public static readonly Table Dim = Dimension("dim_group", "group", "One row per group of resources.")
        .Titled("Groep")
        .Text("name", 255, "Name of the group.")
        .Dutch("Naam")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    public static readonly Table ResourceBridge = Bridge(
            "bridge_group_resource",
            "group_resource",
            "One row per resource in a group.",
            "resources",
            Dim
        )
        .Titled("Resource van groep")
        .FiltersBack("resource_key")
        .Ref("resource_key", Resources.Dim.Name, "resource", "id", "The resource.")
        .Build();

    public static readonly Entity Entity = new(
        "group",
        new Endpoint("/group") { With = ["resources"] },
        [Dim, ResourceBridge]
    );
}
