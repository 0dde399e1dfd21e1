-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board. The view shows living rows only.
CREATE VIEW bi.dim_board AS
SELECT
    board_key,
    board_id,
    name,
    color,
    capacity_method,
    visibility,
    dependency_behavior,
    splits_cards_by_activity,
    has_own_backlog,
    works_monday,
    works_tuesday,
    works_wednesday,
    works_thursday,
    works_friday,
    works_saturday,
    works_sunday,
    external_ref,
    archived_at,
    is_marked_deleted,
    is_inferred,
    source_created_at,
    source_updated_at
FROM dw.dim_board
WHERE coalesce(is_deleted, 0) = 0;
