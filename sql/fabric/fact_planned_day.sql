-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, resource, activity and day with planned minutes; they add up to the card's.
CREATE TABLE [dw].[fact_planned_day] (
    [planned_day_key] bigint NOT NULL, -- Surrogate key: a hash of what the row stands for.
    [card_key] bigint NOT NULL, -- The card.
    [resource_key] bigint NOT NULL, -- One of the card's resources of the activity's type; unknown where none of them is.
    [activity_key] bigint NOT NULL, -- The activity.
    [date] date NULL, -- The day.
    [date_key] int NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    [planned_minutes] bigint NULL, -- Planned time on that day.
    [is_estimate] bit NULL, -- Always true: vPlan does not say what is planned on which day.
    [method] varchar(60) NULL, -- The days it is spread over: resource_workdays (the board's workdays on which the resource has hours, and those that its schedule does not reach), board_workdays, all_days, or start_day for plans of more than three years.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_planned_day];
COPY INTO [dw].[fact_planned_day] ([planned_day_key] 1, [card_key] 2, [resource_key] 3, [activity_key] 4, [date] 5, [date_key] 6, [planned_minutes] 7, [is_estimate] 8, [method] 9, [is_deleted] 10, [source_created_at] 11, [source_updated_at] 12, [extracted_at] 13, [run_id] 14)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_planned_day/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
