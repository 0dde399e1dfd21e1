-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource, archived ones too.
CREATE TABLE [dw].[dim_resource] (
    [resource_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [resource_id] nvarchar(36) NULL, -- vPlan's id.
    [name] nvarchar(255) NULL, -- Name of the person, machine or cell.
    [resource_type] nvarchar(50) NULL, -- employee, machine or cell.
    [description] nvarchar(4000) NULL, -- Description.
    [start_date] date NULL, -- First day of employment or use.
    [start_date_key] int NOT NULL, -- First day of employment or use, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Last day of employment or use.
    [end_date_key] int NOT NULL, -- Last day of employment or use, as yyyymmdd; -1 when empty.
    [workdays_start_date] date NULL, -- First day of the standard hours.
    [workdays_start_date_key] int NOT NULL, -- First day of the standard hours, as yyyymmdd; -1 when empty.
    [hours_monday] decimal(9,4) NULL, -- Standard hours on monday.
    [hours_tuesday] decimal(9,4) NULL, -- Standard hours on tuesday.
    [hours_wednesday] decimal(9,4) NULL, -- Standard hours on wednesday.
    [hours_thursday] decimal(9,4) NULL, -- Standard hours on thursday.
    [hours_friday] decimal(9,4) NULL, -- Standard hours on friday.
    [hours_saturday] decimal(9,4) NULL, -- Standard hours on saturday.
    [hours_sunday] decimal(9,4) NULL, -- Standard hours on sunday.
    [has_integration_schedule] bit NULL, -- The schedule comes from an integration.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [transaction] nvarchar(36) NULL, -- Integration marker.
    [archived_at] datetime2(6) NULL, -- When the resource was archived.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_resource] PRIMARY KEY CLUSTERED ([resource_key])
);
