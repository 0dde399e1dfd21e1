using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A customer or supplier (A:`344691m0`).</summary>
internal static class Relations
{
    public static readonly Table Dim = Dimension("dim_relation", "relation", "One row per customer or supplier.")
        .Titled("Relatie")
        .Text("name", 100, "Name.")
        .Dutch("Naam")
        .Text("description", 150, "Description.")
        .Dutch("Omschrijving")
        .Text("relation_type", 255, "Free text, such as customer or supplier.", "type")
        .Dutch("Soort relatie")
        .Text("note", 65535, "Note.", personal: true)
        .Dutch("Notitie")
        .Text("phone", 25, "Telephone number.", personal: true)
        .Dutch("Telefoon")
        .Text("fax", 25, "Fax number.", personal: true)
        .Dutch("Fax")
        .Text("email", 254, "E-mail address.", personal: true)
        .Dutch("E-mailadres")
        .Text("website", 512, "Website.")
        .Dutch("Website")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("relation", new Endpoint("/relation"), [Dim]);
}
