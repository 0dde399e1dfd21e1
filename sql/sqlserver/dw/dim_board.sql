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
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_board] PRIMARY KEY CLUSTERED ([board_key])
);
