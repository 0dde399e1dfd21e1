-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per group of resources.
CREATE TABLE IF NOT EXISTS dw.dim_group (
    group_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    group_id VARCHAR, -- vPlan's id.
    name VARCHAR, -- Name of the group.
    external_ref VARCHAR, -- Id in the source system.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
