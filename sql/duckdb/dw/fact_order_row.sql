-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per row of an order.
CREATE TABLE IF NOT EXISTS dw.fact_order_row (
    order_row_key BIGINT NOT NULL, -- Key of the link: hash of both ids.
    order_key BIGINT NOT NULL, -- The record that lists the element.
    order_row_id VARCHAR, -- vPlan's id of the row.
    item_key BIGINT NOT NULL, -- The item.
    activity_key BIGINT NOT NULL, -- The kind of work.
    position BIGINT, -- Order in the order.
    code VARCHAR, -- Number of the row.
    item_code VARCHAR, -- Code of the item, as the source system says it.
    description VARCHAR, -- Description.
    row_type VARCHAR, -- Type, as the source system names it.
    status VARCHAR, -- Status, as the source system names it.
    unit VARCHAR, -- Unit of the quantities: hours and days become planned time.
    quantity DECIMAL(18,4), -- Quantity.
    quantity_delivered DECIMAL(18,4), -- Of which delivered.
    quantity_backorder DECIMAL(18,4), -- Of which in back order.
    quantity_original DECIMAL(18,4), -- Quantity at first.
    reserved DECIMAL(18,4), -- Of which reserved.
    delivered_date DATE, -- Day it was delivered.
    delivered_date_key INTEGER NOT NULL, -- Day it was delivered, as yyyymmdd; -1 when empty.
    resource_ref VARCHAR, -- Resource, as the source system names it.
    external_ref VARCHAR, -- Id in the source system.
    transaction VARCHAR, -- Integration marker.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
