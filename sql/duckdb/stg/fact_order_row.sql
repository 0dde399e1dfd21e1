-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per row of an order.
CREATE OR REPLACE VIEW stg.fact_order_row AS SELECT
    CAST(NULL AS BIGINT) AS order_row_key, -- Key of the link: hash of both ids.
    CAST(NULL AS BIGINT) AS order_key, -- The record that lists the element.
    CAST(NULL AS VARCHAR) AS order_row_id, -- vPlan's id of the row.
    CAST(NULL AS BIGINT) AS item_key, -- The item.
    CAST(NULL AS BIGINT) AS activity_key, -- The kind of work.
    CAST(NULL AS BIGINT) AS position, -- Order in the order.
    CAST(NULL AS VARCHAR) AS code, -- Number of the row.
    CAST(NULL AS VARCHAR) AS item_code, -- Code of the item, as the source system says it.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS VARCHAR) AS row_type, -- Type, as the source system names it.
    CAST(NULL AS VARCHAR) AS status, -- Status, as the source system names it.
    CAST(NULL AS VARCHAR) AS unit, -- Unit of the quantities: hours and days become planned time.
    CAST(NULL AS DECIMAL(18,4)) AS quantity, -- Quantity.
    CAST(NULL AS DECIMAL(18,4)) AS quantity_delivered, -- Of which delivered.
    CAST(NULL AS DECIMAL(18,4)) AS quantity_backorder, -- Of which in back order.
    CAST(NULL AS DECIMAL(18,4)) AS quantity_original, -- Quantity at first.
    CAST(NULL AS DECIMAL(18,4)) AS reserved, -- Of which reserved.
    CAST(NULL AS DATE) AS delivered_date, -- Day it was delivered.
    CAST(NULL AS INTEGER) AS delivered_date_key, -- Day it was delivered, as yyyymmdd; -1 when empty.
    CAST(NULL AS VARCHAR) AS resource_ref, -- Resource, as the source system names it.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS VARCHAR) AS transaction, -- Integration marker.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
