-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and run that saw its plan change; what the first run finds is no change.
CREATE OR REPLACE VIEW stg.fact_plan_change AS SELECT
    CAST(NULL AS BIGINT) AS plan_change_key, -- Surrogate key: a hash of what the row stands for.
    CAST(NULL AS BIGINT) AS card_key, -- The card.
    CAST(NULL AS DATE) AS changed_on, -- Day of the run that saw the change.
    CAST(NULL AS INTEGER) AS changed_on_key, -- Day of the run that saw the change, as yyyymmdd; -1 when empty.
    CAST(NULL AS VARCHAR) AS change_type, -- changed; added for a card that was not there, removed for one that no longer is.
    CAST(NULL AS DATE) AS old_start_date, -- Planned first day before.
    CAST(NULL AS DATE) AS new_start_date, -- Planned first day after.
    CAST(NULL AS DATE) AS old_end_date, -- Planned last day before.
    CAST(NULL AS DATE) AS new_end_date, -- Planned last day after.
    CAST(NULL AS DATE) AS old_due_date, -- Due date before.
    CAST(NULL AS DATE) AS new_due_date, -- Due date after.
    CAST(NULL AS BIGINT) AS old_stage_key, -- Stage before.
    CAST(NULL AS BIGINT) AS new_stage_key, -- Stage after.
    CAST(NULL AS BIGINT) AS old_status_key, -- Status before.
    CAST(NULL AS BIGINT) AS new_status_key, -- Status after.
    CAST(NULL AS BIGINT) AS old_planned_minutes, -- Planned time before.
    CAST(NULL AS BIGINT) AS new_planned_minutes, -- Planned time after.
    CAST(NULL AS INTEGER) AS slip_days, -- Days that the planned last day moved, later is positive; empty when it was or is not planned.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
