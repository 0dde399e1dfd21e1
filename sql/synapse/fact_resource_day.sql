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
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = HASH([resource_day_key]), CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_resource_day];
COPY INTO [dw].[fact_resource_day] ([resource_day_key] 1, [resource_key] 2, [date] 3, [date_key] 4, [hours_available] 5, [hours_work] 6, [hours_leave] 7, [hours_absence] 8, [is_deleted] 9, [source_created_at] 10, [source_updated_at] 11, [extracted_at] 12, [run_id] 13)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_resource_day/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
