-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per space.
CREATE TABLE IF NOT EXISTS dw.dim_space (
    space_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    space_id VARCHAR, -- vPlan's id.
    name VARCHAR, -- Name of the space.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
