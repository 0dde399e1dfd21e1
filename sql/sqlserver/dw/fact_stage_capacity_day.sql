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
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_stage_capacity_day] PRIMARY KEY CLUSTERED ([stage_capacity_day_key])
);
