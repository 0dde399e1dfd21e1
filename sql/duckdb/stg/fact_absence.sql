-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per leave or absence of a resource.
CREATE OR REPLACE VIEW stg.fact_absence AS SELECT
    CAST(NULL AS BIGINT) AS absence_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS absence_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS resource_key, -- The resource.
    CAST(NULL AS VARCHAR) AS absence_type, -- leave, holiday, other, maintenance or malfunction.
    CAST(NULL AS DATE) AS start_date, -- First day.
    CAST(NULL AS INTEGER) AS start_date_key, -- First day, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS end_date, -- Last day, included.
    CAST(NULL AS INTEGER) AS end_date_key, -- Last day, included, as yyyymmdd; -1 when empty.
    CAST(NULL AS BIGINT) AS minutes_per_day, -- Minutes of absence a day; 0 can mean whole days.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
