-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card.
CREATE OR REPLACE VIEW stg.dim_card AS SELECT
    CAST(NULL AS BIGINT) AS card_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS card_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS collection_key, -- The collection (job) it belongs to.
    CAST(NULL AS BIGINT) AS board_key, -- The board it is on.
    CAST(NULL AS BIGINT) AS stage_key, -- The stage it is in.
    CAST(NULL AS BIGINT) AS status_key, -- Its status.
    CAST(NULL AS BIGINT) AS parent_card_key, -- The card it was split from.
    CAST(NULL AS VARCHAR) AS name, -- Name of the card.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS DATE) AS start_date, -- Planned first day.
    CAST(NULL AS INTEGER) AS start_date_key, -- Planned first day, as yyyymmdd; -1 when empty.
    CAST(NULL AS VARCHAR) AS start_time, -- Planned start, in the environment's local time.
    CAST(NULL AS DATE) AS end_date, -- Planned last day.
    CAST(NULL AS INTEGER) AS end_date_key, -- Planned last day, as yyyymmdd; -1 when empty.
    CAST(NULL AS VARCHAR) AS end_time, -- Planned end, in the environment's local time.
    CAST(NULL AS TIMESTAMP) AS completed_at, -- When it was finished.
    CAST(NULL AS BOOLEAN) AS is_locked, -- Planners cannot move it.
    CAST(NULL AS BOOLEAN) AS has_running_timer, -- Someone is tracking time on it now.
    CAST(NULL AS VARCHAR) AS rank, -- Order within its stage.
    CAST(NULL AS INTEGER) AS position, -- Order within its collection.
    CAST(NULL AS INTEGER) AS days_diff, -- As vPlan sends it; its meaning is not documented.
    CAST(NULL AS INTEGER) AS days_active, -- As vPlan sends it; its meaning is not documented.
    CAST(NULL AS VARCHAR) AS card_recurring_id, -- The series it belongs to.
    CAST(NULL AS VARCHAR) AS batch_id, -- Batch marker.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
