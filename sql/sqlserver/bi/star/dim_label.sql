-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label of a board. The view shows living rows only.
CREATE VIEW bi.dim_label AS
SELECT
    [label_key],
    [label_id],
    [board_key],
    [name],
    [color],
    [sequence],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_label
WHERE coalesce(is_deleted, 0) = 0;
