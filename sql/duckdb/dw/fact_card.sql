-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, as planned now.
CREATE TABLE IF NOT EXISTS dw.fact_card (
    card_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    card_id VARCHAR, -- vPlan's id.
    collection_key BIGINT NOT NULL, -- The collection (job) it belongs to.
    board_key BIGINT NOT NULL, -- The board it is on.
    stage_key BIGINT NOT NULL, -- The stage it is in.
    status_key BIGINT NOT NULL, -- Its status.
    start_date DATE, -- Planned first day.
    start_date_key INTEGER NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    end_date DATE, -- Planned last day.
    end_date_key INTEGER NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    due_date DATE, -- Due date of its collection, also of one that was deleted since.
    due_date_key INTEGER NOT NULL, -- Due date of its collection, also of one that was deleted since, as yyyymmdd; -1 when empty.
    completed_date DATE, -- Day it was finished.
    completed_date_key INTEGER NOT NULL, -- Day it was finished, as yyyymmdd; -1 when empty.
    created_date DATE, -- Day it was made.
    created_date_key INTEGER NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    planned_minutes BIGINT, -- Planned time over its activities.
    remaining_minutes BIGINT, -- Time left over its activities.
    original_minutes BIGINT, -- First planned time over its activities.
    activity_count INTEGER, -- Number of activities.
    resource_count INTEGER, -- Number of resources assigned.
    is_scheduled BOOLEAN, -- It has a planned first day.
    is_completed BOOLEAN, -- It is finished.
    days_late INTEGER, -- Days from due date to completion, or to today while open; empty without a due date.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
