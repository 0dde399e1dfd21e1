-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a card.
CREATE TABLE [dw].[fact_card_activity] (
    [card_activity_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [card_key] bigint NOT NULL, -- The record that lists the element.
    [activity_key] bigint NOT NULL, -- The activity.
    [position] int NULL, -- Order on the card.
    [planned_minutes] bigint NULL, -- Planned time.
    [remaining_minutes] bigint NULL, -- Time left.
    [original_minutes] bigint NULL, -- First planned time.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_card_activity];
COPY INTO [dw].[fact_card_activity] ([card_activity_key] 1, [card_key] 2, [activity_key] 3, [position] 4, [planned_minutes] 5, [remaining_minutes] 6, [original_minutes] 7, [is_deleted] 8, [source_created_at] 9, [source_updated_at] 10, [extracted_at] 11, [run_id] 12)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_card_activity/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
