-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per item. The view shows living rows only.
CREATE VIEW bi.dim_item AS
SELECT
    item_key,
    item_id,
    code,
    description,
    item_type,
    unit,
    note,
    location,
    has_stock_management,
    external_ref,
    is_marked_deleted,
    is_inferred,
    source_created_at,
    source_updated_at
FROM dw.dim_item
WHERE coalesce(is_deleted, 0) = 0;
