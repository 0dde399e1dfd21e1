-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per warehouse.
CREATE TABLE [dw].[dim_warehouse] (
    [warehouse_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [warehouse_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(765) NULL, -- Name.
    [code] varchar(150) NULL, -- Code.
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
TRUNCATE TABLE [dw].[dim_warehouse];
COPY INTO [dw].[dim_warehouse] ([warehouse_key] 1, [warehouse_id] 2, [name] 3, [code] 4, [external_ref] 5, [is_marked_deleted] 6, [is_inferred] 7, [is_deleted] 8, [source_created_at] 9, [source_updated_at] 10, [extracted_at] 11, [run_id] 12)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_warehouse/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
