-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per leave or absence of a resource.
CREATE TABLE IF NOT EXISTS dw.fact_absence (
    absence_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    absence_id VARCHAR, -- vPlan's id.
    resource_key BIGINT NOT NULL, -- The resource.
    absence_type VARCHAR, -- leave, holiday, other, maintenance or malfunction.
    start_date DATE, -- First day.
    start_date_key INTEGER NOT NULL, -- First day, as yyyymmdd; -1 when empty.
    end_date DATE, -- Last day, included.
    end_date_key INTEGER NOT NULL, -- Last day, included, as yyyymmdd; -1 when empty.
    minutes_per_day BIGINT, -- Minutes of absence a day; 0 can mean whole days.
    description VARCHAR, -- Description.
    external_ref VARCHAR, -- Id in the source system.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
