-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a collection.
CREATE TABLE IF NOT EXISTS dw.fact_collection_activity (
    collection_activity_key BIGINT NOT NULL, -- Key of the link: hash of both ids.
    collection_key BIGINT NOT NULL, -- The record that lists the element.
    activity_key BIGINT NOT NULL, -- The activity.
    position INTEGER, -- Order on the collection.
    planned_minutes BIGINT, -- Planned time.
    remaining_minutes BIGINT, -- Time left.
    original_minutes BIGINT, -- First planned time.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
