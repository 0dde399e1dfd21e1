-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per leave or absence of a resource.
CREATE TABLE [dw].[fact_absence] (
    [absence_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [absence_id] varchar(108) NULL, -- vPlan's id.
    [resource_key] bigint NOT NULL, -- The resource.
    [absence_type] varchar(150) NULL, -- leave, holiday, other, maintenance or malfunction.
    [start_date] date NULL, -- First day.
    [start_date_key] int NOT NULL, -- First day, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Last day, included.
    [end_date_key] int NOT NULL, -- Last day, included, as yyyymmdd; -1 when empty.
    [minutes_per_day] bigint NULL, -- Minutes of absence a day; 0 can mean whole days.
    [description] varchar(765) NULL, -- Description.
    [external_ref] varchar(765) NULL, -- Id in the source system.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_absence];
COPY INTO [dw].[fact_absence] ([absence_key] 1, [absence_id] 2, [resource_key] 3, [absence_type] 4, [start_date] 5, [start_date_key] 6, [end_date] 7, [end_date_key] 8, [minutes_per_day] 9, [description] 10, [external_ref] 11, [is_deleted] 12, [source_created_at] 13, [source_updated_at] 14, [extracted_at] 15, [run_id] 16)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_absence/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
