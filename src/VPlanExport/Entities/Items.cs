using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A product or part (A:`344689m0`). Stock levels are not in the API.</summary>
internal static class Items
{
    public static readonly Table Dim = Dimension("dim_item", "item", "One row per item.")
        .Titled("Artikel")
        .Text("code", 50, "Code.")
        .Dutch("Code")
        .Text("description", 150, "Description.")
        .Dutch("Omschrijving")
        .Text("item_type", 50, "Type, as the source system names it.", "type")
        .Dutch("Soort artikel")
        .Text("unit", 50, "Unit it is counted in.")
        .Dutch("Eenheid")
        .Text("note", 65535, "Note.")
        .Dutch("Notitie")
        .Text("location", 255, "Where it is stored.")
        .Dutch("Locatie")
        .Bool("has_stock_management", "Its stock is managed.", "stockmanagement")
        .Dutch("Voorraadbeheer")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("item", new Endpoint("/item"), [Dim]);
}
