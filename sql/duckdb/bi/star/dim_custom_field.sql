-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a board. The view shows living rows only.
CREATE VIEW bi.dim_custom_field AS
SELECT
    custom_field_key,
    custom_field_id,
    board_key,
    name,
    field_type,
    scope,
    sequence,
    options,
    is_inferred,
    source_created_at,
    source_updated_at
FROM dw.dim_custom_field
WHERE coalesce(is_deleted, 0) = 0;
