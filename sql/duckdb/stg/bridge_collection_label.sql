-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label on a collection.
CREATE OR REPLACE VIEW stg.bridge_collection_label AS SELECT
    CAST(NULL AS BIGINT) AS collection_label_key, -- Key of the link: hash of both ids.
    CAST(NULL AS BIGINT) AS collection_key, -- The record that lists the element.
    CAST(NULL AS BIGINT) AS label_key, -- The label.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
