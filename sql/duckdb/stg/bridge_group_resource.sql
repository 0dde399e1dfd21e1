-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource in a group.
CREATE TABLE IF NOT EXISTS stg.bridge_group_resource (
    group_resource_key BIGINT, -- Key of the link: hash of both ids.
    group_key BIGINT, -- The record that lists the element.
    resource_key BIGINT, -- The resource.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the row's page was read.
    run_id VARCHAR -- The run that last read the row.
);
