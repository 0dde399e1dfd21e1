-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per customer or supplier.
CREATE TABLE [dw].[dim_relation] (
    [relation_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [relation_id] nvarchar(36) NULL, -- vPlan's id.
    [name] nvarchar(100) NULL, -- Name.
    [description] nvarchar(150) NULL, -- Description.
    [relation_type] nvarchar(255) NULL, -- Free text, such as customer or supplier.
    [note] nvarchar(max) NULL, -- Note.
    [phone] nvarchar(25) NULL, -- Telephone number.
    [fax] nvarchar(25) NULL, -- Fax number.
    [email] nvarchar(254) NULL, -- E-mail address.
    [website] nvarchar(512) NULL, -- Website.
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
TRUNCATE TABLE [dw].[dim_relation];
COPY INTO [dw].[dim_relation] ([relation_key] 1, [relation_id] 2, [name] 3, [description] 4, [relation_type] 5, [note] 6, [phone] 7, [fax] 8, [email] 9, [website] 10, [external_ref] 11, [is_marked_deleted] 12, [is_inferred] 13, [is_deleted] 14, [source_created_at] 15, [source_updated_at] 16, [extracted_at] 17, [run_id] 18)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_relation/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
