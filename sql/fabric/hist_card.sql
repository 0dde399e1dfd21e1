-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and period in which its plan stayed the same (type 2).
CREATE TABLE [dw].[hist_card] (
    [card_history_key] bigint NOT NULL, -- Surrogate key: a hash of what the row stands for.
    [card_key] bigint NOT NULL, -- The card.
    [valid_from] datetime2(6) NULL, -- Start of the run that first saw this plan.
    [valid_to] datetime2(6) NULL, -- Start of the run that first saw another plan, or no card; empty while it holds.
    [is_current] bit NULL, -- The plan as of the last run.
    [start_date] date NULL, -- Planned first day.
    [end_date] date NULL, -- Planned last day.
    [due_date] date NULL, -- Due date of its collection, also of one that was deleted since.
    [stage_key] bigint NOT NULL, -- The stage it was in.
    [status_key] bigint NOT NULL, -- Its status.
    [planned_minutes] bigint NULL, -- Planned time over its activities.
    [remaining_minutes] bigint NULL, -- Time left over its activities.
    [resource_hash] bigint NULL, -- Another one when other resources are assigned; 0 without any.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[hist_card];
COPY INTO [dw].[hist_card] ([card_history_key] 1, [card_key] 2, [valid_from] 3, [valid_to] 4, [is_current] 5, [start_date] 6, [end_date] 7, [due_date] 8, [stage_key] 9, [status_key] 10, [planned_minutes] 11, [remaining_minutes] 12, [resource_hash] 13, [is_deleted] 14, [source_created_at] 15, [source_updated_at] 16, [extracted_at] 17, [run_id] 18)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/hist_card/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
