-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage per day.
CREATE TABLE IF NOT EXISTS dw.fact_stage_capacity_day (
    stage_capacity_day_key BIGINT NOT NULL, -- Surrogate key: hash of id and date.
    stage_key BIGINT NOT NULL, -- The stage.
    board_key BIGINT NOT NULL, -- The stage's board.
    date DATE, -- The day.
    date_key INTEGER NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    available_minutes BIGINT, -- Time that can be planned.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
