-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage per day.
CREATE OR REPLACE VIEW stg.fact_stage_capacity_day AS SELECT
    CAST(NULL AS BIGINT) AS stage_capacity_day_key, -- Surrogate key: hash of id and date.
    CAST(NULL AS BIGINT) AS stage_key, -- The stage.
    CAST(NULL AS BIGINT) AS board_key, -- The stage's board.
    CAST(NULL AS DATE) AS date, -- The day.
    CAST(NULL AS INTEGER) AS date_key, -- The day, as yyyymmdd; -1 when empty.
    CAST(NULL AS BIGINT) AS available_minutes, -- Time that can be planned.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
