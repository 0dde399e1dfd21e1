-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and period in which its plan stayed the same (type 2).
CREATE OR REPLACE VIEW stg.hist_card AS SELECT
    CAST(NULL AS BIGINT) AS card_history_key, -- Surrogate key: a hash of what the row stands for.
    CAST(NULL AS BIGINT) AS card_key, -- The card.
    CAST(NULL AS TIMESTAMP) AS valid_from, -- Start of the run that first saw this plan.
    CAST(NULL AS TIMESTAMP) AS valid_to, -- Start of the run that first saw another plan, or no card; empty while it holds.
    CAST(NULL AS BOOLEAN) AS is_current, -- The plan as of the last run.
    CAST(NULL AS DATE) AS start_date, -- Planned first day.
    CAST(NULL AS DATE) AS end_date, -- Planned last day.
    CAST(NULL AS DATE) AS due_date, -- Due date of its collection, also of one that was deleted since.
    CAST(NULL AS BIGINT) AS stage_key, -- The stage it was in.
    CAST(NULL AS BIGINT) AS status_key, -- Its status.
    CAST(NULL AS BIGINT) AS planned_minutes, -- Planned time over its activities.
    CAST(NULL AS BIGINT) AS remaining_minutes, -- Time left over its activities.
    CAST(NULL AS BIGINT) AS resource_hash, -- Another one when other resources are assigned; 0 without any.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
