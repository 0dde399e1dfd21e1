-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per time entry.
CREATE OR REPLACE VIEW stg.fact_time_entry AS SELECT
    CAST(NULL AS BIGINT) AS time_entry_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS time_entry_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS card_key, -- The card the time was spent on.
    CAST(NULL AS BIGINT) AS collection_key, -- The card's collection.
    CAST(NULL AS BIGINT) AS board_key, -- The card's board.
    CAST(NULL AS BIGINT) AS activity_key, -- The kind of work.
    CAST(NULL AS BIGINT) AS user_key, -- Who tracked it.
    CAST(NULL AS BIGINT) AS resource_key, -- The user's resource.
    CAST(NULL AS DATE) AS work_date, -- Day the work started.
    CAST(NULL AS INTEGER) AS work_date_key, -- Day the work started, as yyyymmdd; -1 when empty.
    CAST(NULL AS TIMESTAMP) AS started_at, -- Start of the work.
    CAST(NULL AS TIMESTAMP) AS ended_at, -- End of the work; empty while running.
    CAST(NULL AS BIGINT) AS minutes, -- Tracked time as vPlan delivers it.
    CAST(NULL AS VARCHAR) AS status, -- draft, pending, approved or rejected.
    CAST(NULL AS BOOLEAN) AS is_running, -- The timer still runs: its minutes are not final.
    CAST(NULL AS BOOLEAN) AS is_locked, -- Can no longer be changed.
    CAST(NULL AS VARCHAR) AS note, -- Note of the worker.
    CAST(NULL AS TIMESTAMP) AS synchronized_at, -- When an integration took it over.
    CAST(NULL AS BOOLEAN) AS has_external_failure, -- The integration could not take it over.
    CAST(NULL AS VARCHAR) AS external_note, -- Note of the integration.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
