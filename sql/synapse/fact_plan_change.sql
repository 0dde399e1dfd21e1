-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and run that saw its plan change; what the first run finds is no change.
CREATE TABLE [dw].[fact_plan_change] (
    [plan_change_key] bigint NOT NULL, -- Surrogate key: a hash of what the row stands for.
    [card_key] bigint NOT NULL, -- The card.
    [changed_on] date NULL, -- Day of the run that saw the change.
    [changed_on_key] int NOT NULL, -- Day of the run that saw the change, as yyyymmdd; -1 when empty.
    [change_type] nvarchar(10) NULL, -- changed; added for a card that was not there, removed for one that no longer is.
    [old_start_date] date NULL, -- Planned first day before.
    [new_start_date] date NULL, -- Planned first day after.
    [old_end_date] date NULL, -- Planned last day before.
    [new_end_date] date NULL, -- Planned last day after.
    [old_due_date] date NULL, -- Due date before.
    [new_due_date] date NULL, -- Due date after.
    [old_stage_key] bigint NOT NULL, -- Stage before.
    [new_stage_key] bigint NOT NULL, -- Stage after.
    [old_status_key] bigint NOT NULL, -- Status before.
    [new_status_key] bigint NOT NULL, -- Status after.
    [old_planned_minutes] bigint NULL, -- Planned time before.
    [new_planned_minutes] bigint NULL, -- Planned time after.
    [slip_days] int NULL, -- Days that the planned last day moved, later is positive; empty when it was or is not planned.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = HASH([plan_change_key]), CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_plan_change];
COPY INTO [dw].[fact_plan_change] ([plan_change_key] 1, [card_key] 2, [changed_on] 3, [changed_on_key] 4, [change_type] 5, [old_start_date] 6, [new_start_date] 7, [old_end_date] 8, [new_end_date] 9, [old_due_date] 10, [new_due_date] 11, [old_stage_key] 12, [new_stage_key] 13, [old_status_key] 14, [new_status_key] 15, [old_planned_minutes] 16, [new_planned_minutes] 17, [slip_days] 18, [is_deleted] 19, [source_created_at] 20, [source_updated_at] 21, [extracted_at] 22, [run_id] 23)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_plan_change/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
