-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource in a group.
CREATE OR REPLACE VIEW stg.bridge_group_resource AS SELECT
    CAST(NULL AS BIGINT) AS group_resource_key, -- Key of the link: hash of both ids.
    CAST(NULL AS BIGINT) AS group_key, -- The record that lists the element.
    CAST(NULL AS BIGINT) AS resource_key, -- The resource.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
