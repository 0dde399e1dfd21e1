-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per row of an order. The view shows living rows only.
CREATE VIEW bi.fact_order_row AS
SELECT
    order_row_key,
    order_key,
    order_row_id,
    item_key,
    activity_key,
    position,
    code,
    item_code,
    description,
    row_type,
    status,
    unit,
    quantity,
    quantity_delivered,
    quantity_backorder,
    quantity_original,
    reserved,
    delivered_date,
    delivered_date_key,
    resource_ref,
    external_ref,
    transaction,
    source_created_at,
    source_updated_at
FROM dw.fact_order_row
WHERE coalesce(is_deleted, 0) = 0;
