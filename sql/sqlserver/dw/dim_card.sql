-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card.
CREATE TABLE [dw].[dim_card] (
    [card_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_id] nvarchar(36) NULL, -- vPlan's id.
    [collection_key] bigint NOT NULL, -- The collection (job) it belongs to.
    [board_key] bigint NOT NULL, -- The board it is on.
    [stage_key] bigint NOT NULL, -- The stage it is in.
    [status_key] bigint NOT NULL, -- Its status.
    [parent_card_key] bigint NOT NULL, -- The card it was split from.
    [name] nvarchar(255) NULL, -- Name of the card.
    [description] nvarchar(4000) NULL, -- Description.
    [start_date] date NULL, -- Planned first day.
    [start_date_key] int NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    [start_time] nvarchar(5) NULL, -- Planned start, in the environment's local time.
    [end_date] date NULL, -- Planned last day.
    [end_date_key] int NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    [end_time] nvarchar(5) NULL, -- Planned end, in the environment's local time.
    [completed_at] datetime2(6) NULL, -- When it was finished.
    [is_locked] bit NULL, -- Planners cannot move it.
    [has_running_timer] bit NULL, -- Someone is tracking time on it now.
    [rank] nvarchar(255) NULL, -- Order within its stage.
    [position] int NULL, -- Order within its collection.
    [days_diff] int NULL, -- As vPlan sends it; its meaning is not documented.
    [days_active] int NULL, -- As vPlan sends it; its meaning is not documented.
    [card_recurring_id] nvarchar(36) NULL, -- The series it belongs to.
    [batch_id] nvarchar(36) NULL, -- Batch marker.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_card] PRIMARY KEY CLUSTERED ([card_key])
);
