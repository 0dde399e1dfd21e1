-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per customer or supplier.
CREATE TABLE [dw].[dim_relation] (
    [relation_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [relation_id] varchar(108) NULL, -- vPlan's id.
    [name] varchar(300) NULL, -- Name.
    [description] varchar(450) NULL, -- Description.
    [relation_type] varchar(765) NULL, -- Free text, such as customer or supplier.
    [note] varchar(max) NULL, -- Note.
    [phone] varchar(75) NULL, -- Telephone number.
    [fax] varchar(75) NULL, -- Fax number.
    [email] varchar(762) NULL, -- E-mail address.
    [website] varchar(1536) NULL, -- Website.
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
TRUNCATE TABLE [dw].[dim_relation];
COPY INTO [dw].[dim_relation] ([relation_key] 1, [relation_id] 2, [name] 3, [description] 4, [relation_type] 5, [note] 6, [phone] 7, [fax] 8, [email] 9, [website] 10, [external_ref] 11, [is_marked_deleted] 12, [is_inferred] 13, [is_deleted] 14, [source_created_at] 15, [source_updated_at] 16, [extracted_at] 17, [run_id] 18)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_relation/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
