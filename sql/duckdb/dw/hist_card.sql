-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and period in which its plan stayed the same (type 2).
CREATE TABLE IF NOT EXISTS dw.hist_card (
    card_history_key BIGINT NOT NULL, -- Surrogate key: a hash of what the row stands for.
    card_key BIGINT NOT NULL, -- The card.
    valid_from TIMESTAMP, -- Start of the run that first saw this plan.
    valid_to TIMESTAMP, -- Start of the run that first saw another plan, or no card; empty while it holds.
    is_current BOOLEAN, -- The plan as of the last run.
    start_date DATE, -- Planned first day.
    end_date DATE, -- Planned last day.
    due_date DATE, -- Due date of its collection, also of one that was deleted since.
    stage_key BIGINT NOT NULL, -- The stage it was in.
    status_key BIGINT NOT NULL, -- Its status.
    planned_minutes BIGINT, -- Planned time over its activities.
    remaining_minutes BIGINT, -- Time left over its activities.
    resource_hash BIGINT, -- Another one when other resources are assigned; 0 without any.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
