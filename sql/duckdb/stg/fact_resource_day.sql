-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource per day.
CREATE OR REPLACE VIEW stg.fact_resource_day AS SELECT
    CAST(NULL AS BIGINT) AS resource_day_key, -- Surrogate key: hash of resource_id and date.
    CAST(NULL AS BIGINT) AS resource_key, -- The resource.
    CAST(NULL AS DATE) AS date, -- The day.
    CAST(NULL AS INTEGER) AS date_key, -- The day, as yyyymmdd; -1 when empty.
    CAST(NULL AS DECIMAL(9,4)) AS hours_available, -- Net hours that can be planned.
    CAST(NULL AS DECIMAL(9,4)) AS hours_work, -- Hours of the roster.
    CAST(NULL AS DECIMAL(9,4)) AS hours_leave, -- Hours of leave.
    CAST(NULL AS DECIMAL(9,4)) AS hours_absence, -- Hours of other absence.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
