-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label of a board.
CREATE TABLE [dw].[dim_label] (
    [label_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [label_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the label belongs to.
    [name] nvarchar(255) NULL, -- Text of the label.
    [color] nvarchar(50) NULL, -- Colour of the label.
    [sequence] int NULL, -- Order on the board, from 0.
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
TRUNCATE TABLE [dw].[dim_label];
COPY INTO [dw].[dim_label] ([label_key] 1, [label_id] 2, [board_key] 3, [name] 4, [color] 5, [sequence] 6, [is_inferred] 7, [is_deleted] 8, [source_created_at] 9, [source_updated_at] 10, [extracted_at] 11, [run_id] 12)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_label/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
