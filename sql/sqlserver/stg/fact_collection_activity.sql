-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a collection.
CREATE TABLE [stg].[fact_collection_activity] (
    [collection_activity_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [collection_key] bigint NOT NULL, -- The record that lists the element.
    [activity_key] bigint NOT NULL, -- The activity.
    [position] int NULL, -- Order on the collection.
    [planned_minutes] bigint NULL, -- Planned time.
    [remaining_minutes] bigint NULL, -- Time left.
    [original_minutes] bigint NULL, -- First planned time.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
