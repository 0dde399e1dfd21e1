-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per project.
CREATE TABLE [dw].[dim_project] (
    [project_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [project_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(300) NULL, -- Name.
    [code] varchar(150) NULL, -- Code.
    [description] varchar(450) NULL, -- Description.
    [external_ref] varchar(765) NULL, -- Id in the source system.
    [transaction] varchar(108) NULL, -- Integration marker.
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
TRUNCATE TABLE [dw].[dim_project];
COPY INTO [dw].[dim_project] ([project_key] 1, [project_id] 2, [name] 3, [code] 4, [description] 5, [external_ref] 6, [transaction] 7, [is_marked_deleted] 8, [is_inferred] 9, [is_deleted] 10, [source_created_at] 11, [source_updated_at] 12, [extracted_at] 13, [run_id] 14)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_project/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
