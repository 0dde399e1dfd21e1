-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per collection (job).
CREATE TABLE [dw].[dim_collection] (
    [collection_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [collection_id] varchar(108) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board it is planned on; unknown while unplanned.
    [order_key] bigint NOT NULL, -- The order it was made from.
    [name] varchar(765) NULL, -- Name; the order's code when an order made it.
    [description] varchar(max) NULL, -- Description.
    [status] varchar(150) NULL, -- planned, not_planned or ignored.
    [progress] varchar(150) NULL, -- open, partial or done.
    [source_type] varchar(150) NULL, -- custom, order or clone.
    [start_date] date NULL, -- First planned day over its cards.
    [start_date_key] int NOT NULL, -- First planned day over its cards, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Last planned day over its cards.
    [end_date_key] int NOT NULL, -- Last planned day over its cards, as yyyymmdd; -1 when empty.
    [due_date] date NULL, -- Promised or desired date.
    [due_date_key] int NOT NULL, -- Promised or desired date, as yyyymmdd; -1 when empty.
    [created_date] date NULL, -- Day it was made.
    [created_date_key] int NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    [position] int NULL, -- Order among collections.
    [meta] varchar(max) NULL, -- What the order that made it said.
    [warnings] varchar(max) NULL, -- Planning warnings.
    [checklist_count] int NULL, -- Number of checklists.
    [comment_count] int NULL, -- Number of comments.
    [attachment_count] int NULL, -- Number of attachments.
    [batch_id] varchar(108) NULL, -- Batch marker.
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
TRUNCATE TABLE [dw].[dim_collection];
COPY INTO [dw].[dim_collection] ([collection_key] 1, [collection_id] 2, [board_key] 3, [order_key] 4, [name] 5, [description] 6, [status] 7, [progress] 8, [source_type] 9, [start_date] 10, [start_date_key] 11, [end_date] 12, [end_date_key] 13, [due_date] 14, [due_date_key] 15, [created_date] 16, [created_date_key] 17, [position] 18, [meta] 19, [warnings] 20, [checklist_count] 21, [comment_count] 22, [attachment_count] 23, [batch_id] 24, [external_ref] 25, [is_marked_deleted] 26, [is_inferred] 27, [is_deleted] 28, [source_created_at] 29, [source_updated_at] 30, [extracted_at] 31, [run_id] 32)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_collection/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
