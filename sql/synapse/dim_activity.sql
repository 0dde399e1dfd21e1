-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity.
CREATE TABLE [dw].[dim_activity] (
    [activity_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [activity_id] nvarchar(36) NULL, -- vPlan's id.
    [name] nvarchar(255) NULL, -- Display name.
    [code] nvarchar(100) NULL, -- Code; empty when unset.
    [resource_type] nvarchar(50) NULL, -- machine, cell or employee.
    [item_key] bigint NOT NULL, -- The linked item.
    [default_minutes] int NULL, -- Planned time of a new piece of this work.
    [day_max_minutes] int NULL, -- Most that is planned on one day; 0 is no limit.
    [is_billable] bit NULL, -- Time on it can be invoiced.
    [hourly_rate] decimal(18,4) NULL, -- Rate as vPlan stores it; its currency is not documented.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [transaction] nvarchar(36) NULL, -- Integration marker.
    [archived_at] datetime2(6) NULL, -- When the activity was archived.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = REPLICATE, CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_activity];
COPY INTO [dw].[dim_activity] ([activity_key] 1, [activity_id] 2, [name] 3, [code] 4, [resource_type] 5, [item_key] 6, [default_minutes] 7, [day_max_minutes] 8, [is_billable] 9, [hourly_rate] 10, [external_ref] 11, [transaction] 12, [archived_at] 13, [is_marked_deleted] 14, [is_inferred] 15, [is_deleted] 16, [source_created_at] 17, [source_updated_at] 18, [extracted_at] 19, [run_id] 20)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_activity/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
