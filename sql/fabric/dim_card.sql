-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card.
CREATE TABLE [dw].[dim_card] (
    [card_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_id] varchar(108) NULL, -- vPlan's id.
    [collection_key] bigint NOT NULL, -- The collection (job) it belongs to.
    [board_key] bigint NOT NULL, -- The board it is on.
    [stage_key] bigint NOT NULL, -- The stage it is in.
    [status_key] bigint NOT NULL, -- Its status.
    [parent_card_key] bigint NOT NULL, -- The card it was split from.
    [name] varchar(765) NULL, -- Name of the card.
    [description] varchar(max) NULL, -- Description.
    [start_date] date NULL, -- Planned first day.
    [start_date_key] int NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    [start_time] varchar(15) NULL, -- Planned start, in the environment's local time.
    [end_date] date NULL, -- Planned last day.
    [end_date_key] int NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    [end_time] varchar(15) NULL, -- Planned end, in the environment's local time.
    [completed_at] datetime2(6) NULL, -- When it was finished.
    [is_locked] bit NULL, -- Planners cannot move it.
    [has_running_timer] bit NULL, -- Someone is tracking time on it now.
    [rank] varchar(765) NULL, -- Order within its stage.
    [position] int NULL, -- Order within its collection.
    [days_diff] int NULL, -- As vPlan sends it; its meaning is not documented.
    [days_active] int NULL, -- As vPlan sends it; its meaning is not documented.
    [card_recurring_id] varchar(108) NULL, -- The series it belongs to.
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
TRUNCATE TABLE [dw].[dim_card];
COPY INTO [dw].[dim_card] ([card_key] 1, [card_id] 2, [collection_key] 3, [board_key] 4, [stage_key] 5, [status_key] 6, [parent_card_key] 7, [name] 8, [description] 9, [start_date] 10, [start_date_key] 11, [start_time] 12, [end_date] 13, [end_date_key] 14, [end_time] 15, [completed_at] 16, [is_locked] 17, [has_running_timer] 18, [rank] 19, [position] 20, [days_diff] 21, [days_active] 22, [card_recurring_id] 23, [batch_id] 24, [external_ref] 25, [is_marked_deleted] 26, [is_inferred] 27, [is_deleted] 28, [source_created_at] 29, [source_updated_at] 30, [extracted_at] 31, [run_id] 32)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_card/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
