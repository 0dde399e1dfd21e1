-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage per day. The view shows living rows only.
CREATE VIEW bi.fact_stage_capacity_day AS
SELECT
    [stage_capacity_day_key],
    [stage_key],
    [board_key],
    [date],
    [date_key],
    [available_minutes],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_stage_capacity_day
WHERE coalesce(is_deleted, 0) = 0;
