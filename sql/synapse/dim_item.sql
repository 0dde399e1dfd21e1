-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per item.
CREATE TABLE [dw].[dim_item] (
    [item_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [item_id] nvarchar(36) NULL, -- vPlan's id.
    [code] nvarchar(50) NULL, -- Code.
    [description] nvarchar(150) NULL, -- Description.
    [item_type] nvarchar(50) NULL, -- Type, as the source system names it.
    [unit] nvarchar(50) NULL, -- Unit it is counted in.
    [note] nvarchar(max) NULL, -- Note.
    [location] nvarchar(255) NULL, -- Where it is stored.
    [has_stock_management] bit NULL, -- Its stock is managed.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = REPLICATE, HEAP);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_item];
COPY INTO [dw].[dim_item] ([item_key] 1, [item_id] 2, [code] 3, [description] 4, [item_type] 5, [unit] 6, [note] 7, [location] 8, [has_stock_management] 9, [external_ref] 10, [is_marked_deleted] 11, [is_inferred] 12, [is_deleted] 13, [source_created_at] 14, [source_updated_at] 15, [extracted_at] 16, [run_id] 17)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_item/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
