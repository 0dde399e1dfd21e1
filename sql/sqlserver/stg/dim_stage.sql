-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage of a board.
CREATE TABLE [stg].[dim_stage] (
    [stage_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [stage_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the stage belongs to.
    [name] nvarchar(255) NULL, -- Name of the process step.
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
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
