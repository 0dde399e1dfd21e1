-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board.
CREATE TABLE [dw].[dim_board] (
    [board_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [board_id] nvarchar(36) NULL, -- vPlan's id.
    [name] nvarchar(255) NULL, -- Name of the board.
    [color] nvarchar(50) NULL, -- Colour of the board.
    [capacity_method] nvarchar(50) NULL, -- Which card time counts as load: estimated_time, remaining_time or none.
    [visibility] nvarchar(50) NULL, -- everyone or restricted.
    [dependency_behavior] nvarchar(50) NULL, -- What moving a card does to the cards that depend on it: notify, push or maintain.
    [splits_cards_by_activity] bit NULL, -- A planned collection yields a card per activity.
    [has_own_backlog] bit NULL, -- The board keeps its own backlog.
    [works_monday] bit NULL, -- Monday is a workday.
    [works_tuesday] bit NULL, -- Tuesday is a workday.
    [works_wednesday] bit NULL, -- Wednesday is a workday.
    [works_thursday] bit NULL, -- Thursday is a workday.
    [works_friday] bit NULL, -- Friday is a workday.
    [works_saturday] bit NULL, -- Saturday is a workday.
    [works_sunday] bit NULL, -- Sunday is a workday.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [archived_at] datetime2(6) NULL, -- When the board was archived.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
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
TRUNCATE TABLE [dw].[dim_board];
COPY INTO [dw].[dim_board] ([board_key] 1, [board_id] 2, [name] 3, [color] 4, [capacity_method] 5, [visibility] 6, [dependency_behavior] 7, [splits_cards_by_activity] 8, [has_own_backlog] 9, [works_monday] 10, [works_tuesday] 11, [works_wednesday] 12, [works_thursday] 13, [works_friday] 14, [works_saturday] 15, [works_sunday] 16, [external_ref] 17, [archived_at] 18, [is_marked_deleted] 19, [is_inferred] 20, [is_deleted] 21, [source_created_at] 22, [source_updated_at] 23, [extracted_at] 24, [run_id] 25)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_board/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
