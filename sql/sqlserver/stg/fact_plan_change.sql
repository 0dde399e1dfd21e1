-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and run that saw its plan change; what the first run finds is no change.
CREATE TABLE [stg].[fact_plan_change] (
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
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
