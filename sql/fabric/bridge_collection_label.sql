-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label on a collection.
CREATE TABLE [dw].[bridge_collection_label] (
    [collection_label_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [collection_key] bigint NOT NULL, -- The record that lists the element.
    [label_key] bigint NOT NULL, -- The label.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[bridge_collection_label];
COPY INTO [dw].[bridge_collection_label] ([collection_label_key] 1, [collection_key] 2, [label_key] 3, [is_deleted] 4, [source_created_at] 5, [source_updated_at] 6, [extracted_at] 7, [run_id] 8)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/bridge_collection_label/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
