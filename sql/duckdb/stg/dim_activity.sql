-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity.
CREATE OR REPLACE VIEW stg.dim_activity AS SELECT
    CAST(NULL AS BIGINT) AS activity_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS activity_id, -- vPlan's id.
    CAST(NULL AS VARCHAR) AS name, -- Display name.
    CAST(NULL AS VARCHAR) AS code, -- Code; empty when unset.
    CAST(NULL AS VARCHAR) AS resource_type, -- machine, cell or employee.
    CAST(NULL AS BIGINT) AS item_key, -- The linked item.
    CAST(NULL AS INTEGER) AS default_minutes, -- Planned time of a new piece of this work.
    CAST(NULL AS INTEGER) AS day_max_minutes, -- Most that is planned on one day; 0 is no limit.
    CAST(NULL AS BOOLEAN) AS is_billable, -- Time on it can be invoiced.
    CAST(NULL AS DECIMAL(18,4)) AS hourly_rate, -- Rate as vPlan stores it; its currency is not documented.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS VARCHAR) AS transaction, -- Integration marker.
    CAST(NULL AS TIMESTAMP) AS archived_at, -- When the activity was archived.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
