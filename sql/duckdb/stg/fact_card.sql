-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, as planned now.
CREATE OR REPLACE VIEW stg.fact_card AS SELECT
    CAST(NULL AS BIGINT) AS card_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS card_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS collection_key, -- The collection (job) it belongs to.
    CAST(NULL AS BIGINT) AS board_key, -- The board it is on.
    CAST(NULL AS BIGINT) AS stage_key, -- The stage it is in.
    CAST(NULL AS BIGINT) AS status_key, -- Its status.
    CAST(NULL AS DATE) AS start_date, -- Planned first day.
    CAST(NULL AS INTEGER) AS start_date_key, -- Planned first day, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS end_date, -- Planned last day.
    CAST(NULL AS INTEGER) AS end_date_key, -- Planned last day, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS due_date, -- Due date of its collection, also of one that was deleted since.
    CAST(NULL AS INTEGER) AS due_date_key, -- Due date of its collection, also of one that was deleted since, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS completed_date, -- Day it was finished.
    CAST(NULL AS INTEGER) AS completed_date_key, -- Day it was finished, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS created_date, -- Day it was made.
    CAST(NULL AS INTEGER) AS created_date_key, -- Day it was made, as yyyymmdd; -1 when empty.
    CAST(NULL AS BIGINT) AS planned_minutes, -- Planned time over its activities.
    CAST(NULL AS BIGINT) AS remaining_minutes, -- Time left over its activities.
    CAST(NULL AS BIGINT) AS original_minutes, -- First planned time over its activities.
    CAST(NULL AS INTEGER) AS activity_count, -- Number of activities.
    CAST(NULL AS INTEGER) AS resource_count, -- Number of resources assigned.
    CAST(NULL AS BOOLEAN) AS is_scheduled, -- It has a planned first day.
    CAST(NULL AS BOOLEAN) AS is_completed, -- It is finished.
    CAST(NULL AS INTEGER) AS days_late, -- Days from due date to completion, or to today while open; empty without a due date.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
