-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource, archived ones too.
CREATE OR REPLACE VIEW stg.dim_resource AS SELECT
    CAST(NULL AS BIGINT) AS resource_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS resource_id, -- vPlan's id.
    CAST(NULL AS VARCHAR) AS name, -- Name of the person, machine or cell.
    CAST(NULL AS VARCHAR) AS resource_type, -- employee, machine or cell.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS DATE) AS start_date, -- First day of employment or use.
    CAST(NULL AS INTEGER) AS start_date_key, -- First day of employment or use, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS end_date, -- Last day of employment or use.
    CAST(NULL AS INTEGER) AS end_date_key, -- Last day of employment or use, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS workdays_start_date, -- First day of the standard hours.
    CAST(NULL AS INTEGER) AS workdays_start_date_key, -- First day of the standard hours, as yyyymmdd; -1 when empty.
    CAST(NULL AS DECIMAL(9,4)) AS hours_monday, -- Standard hours on monday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_tuesday, -- Standard hours on tuesday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_wednesday, -- Standard hours on wednesday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_thursday, -- Standard hours on thursday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_friday, -- Standard hours on friday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_saturday, -- Standard hours on saturday.
    CAST(NULL AS DECIMAL(9,4)) AS hours_sunday, -- Standard hours on sunday.
    CAST(NULL AS BOOLEAN) AS has_integration_schedule, -- The schedule comes from an integration.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS VARCHAR) AS transaction, -- Integration marker.
    CAST(NULL AS TIMESTAMP) AS archived_at, -- When the resource was archived.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
