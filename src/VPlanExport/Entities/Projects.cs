using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A project that orders belong to (A:`344690m0`).</summary>
internal static class Projects
{
    public static readonly Table Dim = Dimension("dim_project", "project", "One row per project.")
        .Text("name", 100, "Name.")
        .Text("code", 50, "Code.")
        .Text("description", 150, "Description.")
        .Text("external_ref", 255, "Id in the source system.")
        .Text("transaction", 36, "Integration marker.")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("project", new Endpoint("/project"), [Dim]);
}
