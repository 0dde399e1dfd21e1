-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per time entry.
CREATE TABLE [stg].[fact_time_entry] (
    [time_entry_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [time_entry_id] nvarchar(36) NULL, -- vPlan's id.
    [card_key] bigint NOT NULL, -- The card the time was spent on.
    [collection_key] bigint NOT NULL, -- The card's collection.
    [board_key] bigint NOT NULL, -- The card's board.
    [activity_key] bigint NOT NULL, -- The kind of work.
    [user_key] bigint NOT NULL, -- Who tracked it.
    [resource_key] bigint NOT NULL, -- The user's resource.
    [work_date] date NULL, -- Day the work started.
    [work_date_key] int NOT NULL, -- Day the work started, as yyyymmdd; -1 when empty.
    [started_at] datetime2(6) NULL, -- Start of the work.
    [ended_at] datetime2(6) NULL, -- End of the work; empty while running.
    [minutes] bigint NULL, -- Tracked time as vPlan delivers it.
    [status] nvarchar(50) NULL, -- draft, pending, approved or rejected.
    [is_running] bit NULL, -- The timer still runs: its minutes are not final.
    [is_locked] bit NULL, -- Can no longer be changed.
    [note] nvarchar(4000) NULL, -- Note of the worker.
    [synchronized_at] datetime2(6) NULL, -- When an integration took it over.
    [has_external_failure] bit NULL, -- The integration could not take it over.
    [external_note] nvarchar(4000) NULL, -- Note of the integration.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
