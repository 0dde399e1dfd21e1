namespace VPlanExport.Sandbox;

/// <summary>An order from the ERP (A:`344687m0`).</summary>
internal static class Orders
{
    public static readonly EntitySchema Schema = new("order");
    public static readonly Field ProjectId = Schema.Text("project_id");
    public static readonly Field WarehouseId = Schema.Text("warehouse_id");
    public static readonly Field RelationId = Schema.Text("relation_id");
    public static readonly Field ItemId = Schema.Text("item_id");
    public static readonly Field AddressId = Schema.Text("address_id");
    public static readonly Field CollectionId = Schema.Text("collection_id");
    public static readonly Field Meta = Schema.Json("meta");
    public static readonly Field Transaction = Schema.Text("transaction");
    public static readonly Field Code = Schema.Text("code", "");
    public static readonly Field Type = Schema.Text("type");
    public static readonly Field SubType = Schema.Text("sub_type", "none");
    public static readonly Field Status = Schema.Text("status");
    public static readonly Field Note = Schema.Text("note");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Contact = Schema.Text("contact");
    public static readonly Field Date = Schema.Date("date");
    public static readonly Field PromisedDate = Schema.Date("promised_date");
    public static readonly Field DesiredDate = Schema.Date("desired_date");
    public static readonly Field DeliveredDate = Schema.Date("delivered_date");
    public static readonly Field Quantity = Schema.Number("quantity");
    public static readonly Field RelationRef = Schema.Text("relation_ref");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
    public static readonly Field ExternalUrl = Schema.Text("external_url");

    static Orders() =>
        Schema.Relate(
            new Unfilled("address", Single: true),
            new ToOne("item", "item", "item_id"),
            new ToMany("order_rows", "order_row", "order_id"),
            new ToMany("orderRows", "order_row", "order_id"),
            new ToOne("collection", "collection", "collection_id"),
            new ToOne("project", "project", "project_id"),
            new ToOne("relation", "relation", "relation_id"),
            new ToOne("warehouse", "warehouse", "warehouse_id"),
            new Unfilled("supplies_order_rows", Single: false)
        );
}

/// <summary>A row of an order (A:`344688m0`); listed at `/order/{id}/row`.</summary>
internal static class OrderRows
{
    public static readonly EntitySchema Schema = new("order_row");
    public static readonly Field OrderId = Schema.Text("order_id");
    public static readonly Field ItemId = Schema.Text("item_id");
    public static readonly Field ActivityId = Schema.Text("activity_id");
    public static readonly Field Code = Schema.Text("code");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Transaction = Schema.Text("transaction");
    public static readonly Field Position = Schema.Integer("position");
    public static readonly Field Type = Schema.Text("type");
    public static readonly Field Unit = Schema.Text("unit");
    public static readonly Field ItemCode = Schema.Text("item_code");
    public static readonly Field Reserved = Schema.Number("reserved");
    public static readonly Field Quantity = Schema.Number("quantity");
    public static readonly Field QuantityDelivered = Schema.Number("quantity_delivered");
    public static readonly Field QuantityBackorder = Schema.Number("quantity_backorder");
    public static readonly Field QuantityOriginal = Schema.Number("quantity_original");
    public static readonly Field Status = Schema.Text("status");
    public static readonly Field DeliveredDate = Schema.Date("delivered_date");
    public static readonly Field ResourceRef = Schema.Text("resource_ref");
    public static readonly Field ExternalRef = Schema.Text("external_ref");

    static OrderRows() => Schema.Touches("order", OrderId);
}

/// <summary>An item (A:`344689m0`).</summary>
internal static class Items
{
    public static readonly EntitySchema Schema = new("item");
    public static readonly Field Code = Schema.Text("code");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Type = Schema.Text("type");
    public static readonly Field Unit = Schema.Text("unit");
    public static readonly Field Note = Schema.Text("note");
    public static readonly Field Location = Schema.Text("location");
    public static readonly Field StockManagement = Schema.Boolean("stockmanagement");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}

/// <summary>A project (A:`344690m0`).</summary>
internal static class Projects
{
    public static readonly EntitySchema Schema = new("project");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Code = Schema.Text("code");
    public static readonly Field Transaction = Schema.Text("transaction");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}

/// <summary>A customer or supplier (A:`344691m0`).</summary>
internal static class TradeRelations
{
    public static readonly EntitySchema Schema = new("relation");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Type = Schema.Text("type");
    public static readonly Field Note = Schema.Text("note");
    public static readonly Field Phone = Schema.Text("phone");
    public static readonly Field Fax = Schema.Text("fax");
    public static readonly Field Email = Schema.Text("email");
    public static readonly Field Website = Schema.Text("website");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}

/// <summary>A warehouse (A:`warehouse`).</summary>
internal static class Warehouses
{
    public static readonly EntitySchema Schema = new("warehouse");
    public static readonly Field Code = Schema.Text("code");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
}
