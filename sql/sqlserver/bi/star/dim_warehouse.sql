-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per warehouse. The view shows living rows only.
CREATE VIEW bi.dim_warehouse AS
SELECT
    [warehouse_key],
    [warehouse_id],
    [name],
    [code],
    [external_ref],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_warehouse
WHERE coalesce(is_deleted, 0) = 0;
