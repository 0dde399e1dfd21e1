-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, resource, activity and day with planned minutes; they add up to the card's.
CREATE OR REPLACE VIEW stg.fact_planned_day AS SELECT
    CAST(NULL AS BIGINT) AS planned_day_key, -- Surrogate key: a hash of what the row stands for.
    CAST(NULL AS BIGINT) AS card_key, -- The card.
    CAST(NULL AS BIGINT) AS resource_key, -- One of the card's resources of the activity's type; unknown where none of them is.
    CAST(NULL AS BIGINT) AS activity_key, -- The activity.
    CAST(NULL AS DATE) AS date, -- The day.
    CAST(NULL AS INTEGER) AS date_key, -- The day, as yyyymmdd; -1 when empty.
    CAST(NULL AS BIGINT) AS planned_minutes, -- Planned time on that day.
    CAST(NULL AS BOOLEAN) AS is_estimate, -- Always true: vPlan does not say what is planned on which day.
    CAST(NULL AS VARCHAR) AS method, -- The days it is spread over: resource_workdays (the board's workdays on which the resource has hours, and those that its schedule does not reach), board_workdays, all_days, or start_day for plans of more than three years.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
