-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity.
CREATE TABLE IF NOT EXISTS dw.dim_activity (
    activity_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    activity_id VARCHAR, -- vPlan's id.
    name VARCHAR, -- Display name.
    code VARCHAR, -- Code; empty when unset.
    resource_type VARCHAR, -- machine, cell or employee.
    item_key BIGINT NOT NULL, -- The linked item.
    default_minutes INTEGER, -- Planned time of a new piece of this work.
    day_max_minutes INTEGER, -- Most that is planned on one day; 0 is no limit.
    is_billable BOOLEAN, -- Time on it can be invoiced.
    hourly_rate DECIMAL(18,4), -- Rate as vPlan stores it; its currency is not documented.
    external_ref VARCHAR, -- Id in the source system.
    transaction VARCHAR, -- Integration marker.
    archived_at TIMESTAMP, -- When the activity was archived.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
