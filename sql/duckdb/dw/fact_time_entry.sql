-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per time entry.
CREATE TABLE IF NOT EXISTS dw.fact_time_entry (
    time_entry_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    time_entry_id VARCHAR, -- vPlan's id.
    card_key BIGINT NOT NULL, -- The card the time was spent on.
    collection_key BIGINT NOT NULL, -- The card's collection.
    board_key BIGINT NOT NULL, -- The card's board.
    activity_key BIGINT NOT NULL, -- The kind of work.
    user_key BIGINT NOT NULL, -- Who tracked it.
    resource_key BIGINT NOT NULL, -- The user's resource.
    work_date DATE, -- Day the work started.
    work_date_key INTEGER NOT NULL, -- Day the work started, as yyyymmdd; -1 when empty.
    started_at TIMESTAMP, -- Start of the work.
    ended_at TIMESTAMP, -- End of the work; empty while running.
    minutes BIGINT, -- Tracked time as vPlan delivers it.
    status VARCHAR, -- draft, pending, approved or rejected.
    is_running BOOLEAN, -- The timer still runs: its minutes are not final.
    is_locked BOOLEAN, -- Can no longer be changed.
    note VARCHAR, -- Note of the worker.
    synchronized_at TIMESTAMP, -- When an integration took it over.
    has_external_failure BOOLEAN, -- The integration could not take it over.
    external_note VARCHAR, -- Note of the integration.
    external_ref VARCHAR, -- Id in the source system.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
