using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A project that orders belong to (A:`344690m0`).</summary>
internal static class Projects
{
    public static readonly Table Dim = Dimension("dim_project", "project", "One row per project.")
        .Titled("Project")
        .Text("name", 100, "Name.")
        .Dutch("Naam")
        .Text("code", 50, "Code.")
        .Dutch("Code")
        .Text("description", 150, "Description.")
        .Dutch("Omschrijving")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Text("transaction", 36, "Integration marker.")
        .Dutch("Transactie")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("project", new Endpoint("/project"), [Dim]);
}
