-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per row of an order.
CREATE TABLE [stg].[fact_order_row] (
    [order_row_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [order_key] bigint NOT NULL, -- The record that lists the element.
    [order_row_id] nvarchar(36) NULL, -- vPlan's id of the row.
    [item_key] bigint NOT NULL, -- The item.
    [activity_key] bigint NOT NULL, -- The kind of work.
    [position] bigint NULL, -- Order in the order.
    [code] nvarchar(50) NULL, -- Number of the row.
    [item_code] nvarchar(50) NULL, -- Code of the item, as the source system says it.
    [description] nvarchar(150) NULL, -- Description.
    [row_type] nvarchar(50) NULL, -- Type, as the source system names it.
    [status] nvarchar(32) NULL, -- Status, as the source system names it.
    [unit] nvarchar(50) NULL, -- Unit of the quantities: hours and days become planned time.
    [quantity] decimal(18,4) NULL, -- Quantity.
    [quantity_delivered] decimal(18,4) NULL, -- Of which delivered.
    [quantity_backorder] decimal(18,4) NULL, -- Of which in back order.
    [quantity_original] decimal(18,4) NULL, -- Quantity at first.
    [reserved] decimal(18,4) NULL, -- Of which reserved.
    [delivered_date] date NULL, -- Day it was delivered.
    [delivered_date_key] int NOT NULL, -- Day it was delivered, as yyyymmdd; -1 when empty.
    [resource_ref] nvarchar(64) NULL, -- Resource, as the source system names it.
    [external_ref] nvarchar(64) NULL, -- Id in the source system.
    [transaction] nvarchar(36) NULL, -- Integration marker.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
