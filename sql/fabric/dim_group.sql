-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per group of resources.
CREATE TABLE [dw].[dim_group] (
    [group_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [group_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(765) NULL, -- Name of the group.
    [external_ref] varchar(765) NULL, -- Id in the source system.
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
TRUNCATE TABLE [dw].[dim_group];
COPY INTO [dw].[dim_group] ([group_key] 1, [group_id] 2, [name] 3, [external_ref] 4, [is_marked_deleted] 5, [is_inferred] 6, [is_deleted] 7, [source_created_at] 8, [source_updated_at] 9, [extracted_at] 10, [run_id] 11)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_group/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
