-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource, archived ones too.
CREATE TABLE IF NOT EXISTS dw.dim_resource (
    resource_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    resource_id VARCHAR, -- vPlan's id.
    name VARCHAR, -- Name of the person, machine or cell.
    resource_type VARCHAR, -- employee, machine or cell.
    description VARCHAR, -- Description.
    start_date DATE, -- First day of employment or use.
    start_date_key INTEGER NOT NULL, -- First day of employment or use, as yyyymmdd; -1 when empty.
    end_date DATE, -- Last day of employment or use.
    end_date_key INTEGER NOT NULL, -- Last day of employment or use, as yyyymmdd; -1 when empty.
    workdays_start_date DATE, -- First day of the standard hours.
    workdays_start_date_key INTEGER NOT NULL, -- First day of the standard hours, as yyyymmdd; -1 when empty.
    hours_monday DECIMAL(9,4), -- Standard hours on monday.
    hours_tuesday DECIMAL(9,4), -- Standard hours on tuesday.
    hours_wednesday DECIMAL(9,4), -- Standard hours on wednesday.
    hours_thursday DECIMAL(9,4), -- Standard hours on thursday.
    hours_friday DECIMAL(9,4), -- Standard hours on friday.
    hours_saturday DECIMAL(9,4), -- Standard hours on saturday.
    hours_sunday DECIMAL(9,4), -- Standard hours on sunday.
    has_integration_schedule BOOLEAN, -- The schedule comes from an integration.
    external_ref VARCHAR, -- Id in the source system.
    transaction VARCHAR, -- Integration marker.
    archived_at TIMESTAMP, -- When the resource was archived.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
