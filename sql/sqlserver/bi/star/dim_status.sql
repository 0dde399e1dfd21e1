-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per status of a board. The view shows living rows only.
CREATE VIEW bi.dim_status AS
SELECT
    [status_key],
    [status_id],
    [board_key],
    [name],
    [color],
    [sequence],
    [is_entry],
    [is_exit],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_status
WHERE coalesce(is_deleted, 0) = 0;
