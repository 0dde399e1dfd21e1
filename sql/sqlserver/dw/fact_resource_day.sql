-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource per day.
CREATE TABLE [dw].[fact_resource_day] (
    [resource_day_key] bigint NOT NULL, -- Surrogate key: hash of resource_id and date.
    [resource_key] bigint NOT NULL, -- The resource.
    [date] date NULL, -- The day.
    [date_key] int NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    [hours_available] decimal(9,4) NULL, -- Net hours that can be planned.
    [hours_work] decimal(9,4) NULL, -- Hours of the roster.
    [hours_leave] decimal(9,4) NULL, -- Hours of leave.
    [hours_absence] decimal(9,4) NULL, -- Hours of other absence.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_resource_day] PRIMARY KEY CLUSTERED ([resource_day_key])
);
