-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, as planned now.
CREATE TABLE [dw].[fact_card] (
    [card_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_id] nvarchar(36) NULL, -- vPlan's id.
    [collection_key] bigint NOT NULL, -- The collection (job) it belongs to.
    [board_key] bigint NOT NULL, -- The board it is on.
    [stage_key] bigint NOT NULL, -- The stage it is in.
    [status_key] bigint NOT NULL, -- Its status.
    [start_date] date NULL, -- Planned first day.
    [start_date_key] int NOT NULL, -- Planned first day, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Planned last day.
    [end_date_key] int NOT NULL, -- Planned last day, as yyyymmdd; -1 when empty.
    [due_date] date NULL, -- Due date of its collection, also of one that was deleted since.
    [due_date_key] int NOT NULL, -- Due date of its collection, also of one that was deleted since, as yyyymmdd; -1 when empty.
    [completed_date] date NULL, -- Day it was finished.
    [completed_date_key] int NOT NULL, -- Day it was finished, as yyyymmdd; -1 when empty.
    [created_date] date NULL, -- Day it was made.
    [created_date_key] int NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    [planned_minutes] bigint NULL, -- Planned time over its activities.
    [remaining_minutes] bigint NULL, -- Time left over its activities.
    [original_minutes] bigint NULL, -- First planned time over its activities.
    [activity_count] int NULL, -- Number of activities.
    [resource_count] int NULL, -- Number of resources assigned.
    [is_scheduled] bit NULL, -- It has a planned first day.
    [is_completed] bit NULL, -- It is finished.
    [days_late] int NULL, -- Days from due date to completion, or to today while open; empty without a due date.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_card] PRIMARY KEY NONCLUSTERED ([card_key])
);
GO
CREATE CLUSTERED COLUMNSTORE INDEX [cci_fact_card] ON [dw].[fact_card];
