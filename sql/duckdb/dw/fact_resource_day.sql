-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource per day.
CREATE TABLE IF NOT EXISTS dw.fact_resource_day (
    resource_day_key BIGINT NOT NULL, -- Surrogate key: hash of resource_id and date.
    resource_key BIGINT NOT NULL, -- The resource.
    date DATE, -- The day.
    date_key INTEGER NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    hours_available DECIMAL(9,4), -- Net hours that can be planned.
    hours_work DECIMAL(9,4), -- Hours of the roster.
    hours_leave DECIMAL(9,4), -- Hours of leave.
    hours_absence DECIMAL(9,4), -- Hours of other absence.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
