-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card.
CREATE TABLE IF NOT EXISTS dw.dim_card (
    card_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    card_id VARCHAR, -- vPlan's id.
    collection_key BIGINT NOT NULL, -- The collection (job) it belongs to.
    board_key BIGINT NOT NULL, -- The board it is on.
    stage_key BIGINT NOT NULL, -- The stage it is in.
    status_key BIGINT NOT NULL, -- Its status.
    parent_card_key BIGINT NOT NULL, -- The card it was split from.
    name VARCHAR, -- Name of the card.
    description VARCHAR, -- Description.
    start_date DATE, -- Planned first day.
    start_date_key INTEGER NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    start_time VARCHAR, -- Planned start, in the environment's local time.
    end_date DATE, -- Planned last day.
    end_date_key INTEGER NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    end_time VARCHAR, -- Planned end, in the environment's local time.
    completed_at TIMESTAMP, -- When it was finished.
    is_locked BOOLEAN, -- Planners cannot move it.
    has_running_timer BOOLEAN, -- Someone is tracking time on it now.
    rank VARCHAR, -- Order within its stage.
    position INTEGER, -- Order within its collection.
    days_diff INTEGER, -- As vPlan sends it; its meaning is not documented.
    days_active INTEGER, -- As vPlan sends it; its meaning is not documented.
    card_recurring_id VARCHAR, -- The series it belongs to.
    batch_id VARCHAR, -- Batch marker.
    external_ref VARCHAR, -- Id in the source system.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
