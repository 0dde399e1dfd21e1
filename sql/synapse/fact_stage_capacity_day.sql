-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage per day.
CREATE TABLE [dw].[fact_stage_capacity_day] (
    [stage_capacity_day_key] bigint NOT NULL, -- Surrogate key: hash of id and date.
    [stage_key] bigint NOT NULL, -- The stage.
    [board_key] bigint NOT NULL, -- The stage's board.
    [date] date NULL, -- The day.
    [date_key] int NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    [available_minutes] bigint NULL, -- Time that can be planned.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = HASH([stage_capacity_day_key]), CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_stage_capacity_day];
COPY INTO [dw].[fact_stage_capacity_day] ([stage_capacity_day_key] 1, [stage_key] 2, [board_key] 3, [date] 4, [date_key] 5, [available_minutes] 6, [is_deleted] 7, [source_created_at] 8, [source_updated_at] 9, [extracted_at] 10, [run_id] 11)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_stage_capacity_day/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
