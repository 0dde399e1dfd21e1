-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per group of resources. The view shows living rows only.
CREATE VIEW bi.dim_group AS
SELECT
    group_key,
    group_id,
    name,
    external_ref,
    is_marked_deleted,
    is_inferred,
    source_created_at,
    source_updated_at
FROM dw.dim_group
WHERE coalesce(is_deleted, 0) = 0;
