-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage of a board.
CREATE TABLE [dw].[dim_stage] (
    [stage_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [stage_id] varchar(108) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the stage belongs to.
    [name] varchar(765) NULL, -- Name of the process step.
    [sequence] int NULL, -- Order on the board, from 0.
    [has_capacity_notification] bit NULL, -- The stage warns about its load.
    [capacity_notification_min] int NULL, -- Lower end of the load band.
    [capacity_notification_max] int NULL, -- Upper end of the load band.
    [delay_days] int NULL, -- Gap to the next stage when planning.
    [efficiency_percent] int NULL, -- 100 is normal.
    [default_percent] int NULL, -- Share of a resource that is given to the stage.
    [is_independent] bit NULL, -- The stage is planned apart from the others.
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
TRUNCATE TABLE [dw].[dim_stage];
COPY INTO [dw].[dim_stage] ([stage_key] 1, [stage_id] 2, [board_key] 3, [name] 4, [sequence] 5, [has_capacity_notification] 6, [capacity_notification_min] 7, [capacity_notification_max] 8, [delay_days] 9, [efficiency_percent] 10, [default_percent] 11, [is_independent] 12, [is_marked_deleted] 13, [is_inferred] 14, [is_deleted] 15, [source_created_at] 16, [source_updated_at] 17, [extracted_at] 18, [run_id] 19)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_stage/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
