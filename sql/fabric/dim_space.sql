-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per space.
CREATE TABLE [dw].[dim_space] (
    [space_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [space_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(765) NULL, -- Name of the space.
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
TRUNCATE TABLE [dw].[dim_space];
COPY INTO [dw].[dim_space] ([space_key] 1, [space_id] 2, [name] 3, [is_marked_deleted] 4, [is_inferred] 5, [is_deleted] 6, [source_created_at] 7, [source_updated_at] 8, [extracted_at] 9, [run_id] 10)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_space/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
