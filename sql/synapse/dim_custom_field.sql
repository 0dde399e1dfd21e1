-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a board.
CREATE TABLE [dw].[dim_custom_field] (
    [custom_field_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [custom_field_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the field belongs to.
    [name] nvarchar(255) NULL, -- Name of the field.
    [field_type] nvarchar(50) NULL, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    [scope] nvarchar(50) NULL, -- What carries its values: card or collection.
    [sequence] int NULL, -- Order on the board, from 0.
    [options] nvarchar(max) NULL, -- What can be chosen, and the default.
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
TRUNCATE TABLE [dw].[dim_custom_field];
COPY INTO [dw].[dim_custom_field] ([custom_field_key] 1, [custom_field_id] 2, [board_key] 3, [name] 4, [field_type] 5, [scope] 6, [sequence] 7, [options] 8, [is_inferred] 9, [is_deleted] 10, [source_created_at] 11, [source_updated_at] 12, [extracted_at] 13, [run_id] 14)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_custom_field/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
