-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and run that saw its plan change; what the first run finds is no change.
CREATE TABLE IF NOT EXISTS dw.fact_plan_change (
    plan_change_key BIGINT NOT NULL, -- Surrogate key: a hash of what the row stands for.
    card_key BIGINT NOT NULL, -- The card.
    changed_on DATE, -- Day of the run that saw the change.
    changed_on_key INTEGER NOT NULL, -- Day of the run that saw the change, as yyyymmdd; -1 when empty.
    change_type VARCHAR, -- changed; added for a card that was not there, removed for one that no longer is.
    old_start_date DATE, -- Planned first day before.
    new_start_date DATE, -- Planned first day after.
    old_end_date DATE, -- Planned last day before.
    new_end_date DATE, -- Planned last day after.
    old_due_date DATE, -- Due date before.
    new_due_date DATE, -- Due date after.
    old_stage_key BIGINT NOT NULL, -- Stage before.
    new_stage_key BIGINT NOT NULL, -- Stage after.
    old_status_key BIGINT NOT NULL, -- Status before.
    new_status_key BIGINT NOT NULL, -- Status after.
    old_planned_minutes BIGINT, -- Planned time before.
    new_planned_minutes BIGINT, -- Planned time after.
    slip_days INTEGER, -- Days that the planned last day moved, later is positive; empty when it was or is not planned.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
