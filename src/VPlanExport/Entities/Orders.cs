using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>An order of the source system, which a collection may have been made from, with its rows (A:`344687m0`,
/// A:`344688m0`).</summary>
internal static class Orders
{
    public static readonly Table Dim = Dimension("dim_order", "order", "One row per order.")
        .Titled("Order")
        .AsEvent()
        .Text("code", 100, "Order number.")
        .Dutch("Code")
        .Text("order_type", 50, "Production, Project, Purchase, Quotation or Sales.", "type")
        .Dutch("Soort order")
        .Text("sub_type", 25, "Sub type, as the source system names it.")
        .Dutch("Subsoort")
        .Text("status", 10, "Status, as the source system names it.")
        .Dutch("Status")
        .Text("description", 150, "Description.")
        .Dutch("Omschrijving")
        .Text("note", 65535, "Note.", personal: true)
        .Dutch("Notitie")
        .Text("contact", 100, "Contact person.", personal: true)
        .Dutch("Contactpersoon")
        .Ref("project_key", Projects.Dim.Name, "project", "project_id", "The project it belongs to.")
        .Ref("relation_key", Relations.Dim.Name, "relation", "relation_id", "The customer or supplier.")
        .Ref("item_key", Items.Dim.Name, "item", "item_id", "The item that is ordered.")
        .Unrelated()
        .Ref(
            "warehouse_key",
            Warehouses.Dim.Name,
            "warehouse",
            "warehouse_id",
            "The warehouse it is delivered from or to."
        )
        .Ref("collection_key", "dim_collection", "collection", "collection_id", "The collection it is planned as.")
        .Ref("board_key", Boards.Dim.Name, "board", "board_id", "The board it is planned on.")
        .Date("order", "Day it was ordered.", "date")
        .Dutch("Orderdatum")
        .Date("promised", "Day it was promised for.")
        .Dutch("Beloofd op")
        .Date("desired", "Day the customer asked for.")
        .Dutch("Gewenst op")
        .Date("delivered", "Day it was delivered.")
        .Dutch("Geleverd op")
        .Decimal("quantity", 18, 4, "How many are ordered.")
        .Dutch("Aantal")
        .Text("relation_ref", 255, "The customer's reference.")
        .Dutch("Referentie van de relatie")
        .Id("address_id", "Address; it has no endpoint.")
        .Dutch("Adres-id")
        .RawJson("meta", "Further data of the source system.")
        .Dutch("Metagegevens")
        .Text("external_url", 2000, "The order in the source system.")
        .Dutch("Externe koppeling")
        .Text("external_ref", 255, "Id in the source system; unique with type and sub type.")
        .Dutch("Externe referentie")
        .Text("transaction", 36, "Integration marker.")
        .Dutch("Transactie")
        .MarkedDeleted()
        .Build();

    public static readonly Table RowFact = ChildFact(
            "fact_order_row",
            "order_row",
            "One row per row of an order.",
            "order_rows",
            Dim
        )
        .Titled("Orderregel")
        .OrAt("orderRows")
        .Id("order_row_id", "vPlan's id of the row.", "id")
        .Dutch("Orderregel-id")
        .Ref("item_key", Items.Dim.Name, "item", "item_id", "The item.")
        .Ref("activity_key", Activities.Dim.Name, "activity", "activity_id", "The kind of work.")
        .Int64("position", "Order in the order.")
        .Dutch("Positie")
        .Text("code", 50, "Number of the row.")
        .Dutch("Code")
        .Text("item_code", 50, "Code of the item, as the source system says it.")
        .Dutch("Artikelcode")
        .Text("description", 150, "Description.")
        .Dutch("Omschrijving")
        .Text("row_type", 50, "Type, as the source system names it.", "type")
        .Dutch("Soort regel")
        .Text("status", 32, "Status, as the source system names it.")
        .Dutch("Status")
        .Text("unit", 50, "Unit of the quantities: hours and days become planned time.")
        .Dutch("Eenheid")
        .Decimal("quantity", 18, 4, "Quantity.")
        .Dutch("Aantal")
        .Decimal("quantity_delivered", 18, 4, "Of which delivered.")
        .Dutch("Aantal geleverd")
        .Decimal("quantity_backorder", 18, 4, "Of which in back order.")
        .Dutch("In nalevering")
        .Decimal("quantity_original", 18, 4, "Quantity at first.")
        .Dutch("Aantal oorspronkelijk")
        .Decimal("reserved", 18, 4, "Of which reserved.")
        .Dutch("Gereserveerd")
        .Date("delivered", "Day it was delivered.")
        .Dutch("Geleverd op")
        .Unrelated()
        .Text("resource_ref", 64, "Resource, as the source system names it.")
        .Dutch("Referentie van de resource")
        .Text("external_ref", 64, "Id in the source system.")
        .Dutch("Externe referentie")
        .Text("transaction", 36, "Integration marker.")
        .Dutch("Transactie")
        .Build();

    public static readonly Entity Entity = new(
        "order",
        new Endpoint("/order")
        {
            With = [new Relation("order_rows") { Or = "orderRows", ListPath = "/order/{id}/row" }],
            BusinessField = "date",
            BusinessFieldIsDate = true,
            Lookback = new Lookback(35, ["date", "promised_date", "desired_date", "delivered_date"]),
        },
        [Dim, RowFact]
    )
    {
        IgnoredProperties =
        [
            "address",
            "item",
            "collection",
            "project",
            "relation",
            "warehouse",
            "supplies_order_rows",
            "board",
            "user",
            "activity",
        ],
    };
}
