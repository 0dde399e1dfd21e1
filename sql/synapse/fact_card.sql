-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, as planned now.
CREATE TABLE [dw].[fact_card] (
    [card_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_id] nvarchar(36) NULL, -- vPlan's id.
    [collection_key] bigint NOT NULL, -- The collection (job) it belongs to.
    [board_key] bigint NOT NULL, -- The board it is on.
    [stage_key] bigint NOT NULL, -- The stage it is in.
    [status_key] bigint NOT NULL, -- Its status.
    [start_date] date NULL, -- Planned first day.
    [start_date_key] int NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Planned last day.
    [end_date_key] int NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    [due_date] date NULL, -- Due date of its collection, also of one that was deleted since.
    [due_date_key] int NOT NULL, -- Due date of its collection, also of one that was deleted since, as yyyymmdd; -1 when empty.
    [completed_date] date NULL, -- Day it was finished.
    [completed_date_key] int NOT NULL, -- Day it was finished, as yyyymmdd; -1 when empty.
    [created_date] date NULL, -- Day it was made.
    [created_date_key] int NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    [planned_minutes] bigint NULL, -- Planned time over its activities.
    [remaining_minutes] bigint NULL, -- Time left over its activities.
    [original_minutes] bigint NULL, -- First planned time over its activities.
    [activity_count] int NULL, -- Number of activities.
    [resource_count] int NULL, -- Number of resources assigned.
    [is_scheduled] bit NULL, -- It has a planned first day.
    [is_completed] bit NULL, -- It is finished.
    [days_late] int NULL, -- Days from due date to completion, or to today while open; empty without a due date.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = HASH([card_key]), CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_card];
COPY INTO [dw].[fact_card] ([card_key] 1, [card_id] 2, [collection_key] 3, [board_key] 4, [stage_key] 5, [status_key] 6, [start_date] 7, [start_date_key] 8, [end_date] 9, [end_date_key] 10, [due_date] 11, [due_date_key] 12, [completed_date] 13, [completed_date_key] 14, [created_date] 15, [created_date_key] 16, [planned_minutes] 17, [remaining_minutes] 18, [original_minutes] 19, [activity_count] 20, [resource_count] 21, [is_scheduled] 22, [is_completed] 23, [days_late] 24, [is_deleted] 25, [source_created_at] 26, [source_updated_at] 27, [extracted_at] 28, [run_id] 29)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_card/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
