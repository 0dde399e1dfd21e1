-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource, archived ones too.
CREATE TABLE [dw].[dim_resource] (
    [resource_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [resource_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(765) NULL, -- Name of the person, machine or cell.
    [resource_type] varchar(150) NULL, -- employee, machine or cell.
    [description] varchar(max) NULL, -- Description.
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
    [external_ref] varchar(765) NULL, -- Id in the source system.
    [transaction] varchar(108) NULL, -- Integration marker.
    [archived_at] datetime2(6) NULL, -- When the resource was archived.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_resource];
COPY INTO [dw].[dim_resource] ([resource_key] 1, [resource_id] 2, [name] 3, [resource_type] 4, [description] 5, [start_date] 6, [start_date_key] 7, [end_date] 8, [end_date_key] 9, [workdays_start_date] 10, [workdays_start_date_key] 11, [hours_monday] 12, [hours_tuesday] 13, [hours_wednesday] 14, [hours_thursday] 15, [hours_friday] 16, [hours_saturday] 17, [hours_sunday] 18, [has_integration_schedule] 19, [external_ref] 20, [transaction] 21, [archived_at] 22, [is_marked_deleted] 23, [is_inferred] 24, [is_deleted] 25, [source_created_at] 26, [source_updated_at] 27, [extracted_at] 28, [run_id] 29)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_resource/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
