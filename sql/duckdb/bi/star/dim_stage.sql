-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage of a board. The view shows living rows only.
CREATE VIEW bi.dim_stage AS
SELECT
    stage_key,
    stage_id,
    board_key,
    name,
    sequence,
    has_capacity_notification,
    capacity_notification_min,
    capacity_notification_max,
    delay_days,
    efficiency_percent,
    default_percent,
    is_independent,
    is_marked_deleted,
    is_inferred,
    source_created_at,
    source_updated_at
FROM dw.dim_stage
WHERE coalesce(is_deleted, 0) = 0;
