-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per collection (job).
CREATE TABLE [stg].[dim_collection] (
    [collection_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [collection_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board it is planned on; unknown while unplanned.
    [order_key] bigint NOT NULL, -- The order it was made from.
    [name] nvarchar(255) NULL, -- Name; the order's code when an order made it.
    [description] nvarchar(4000) NULL, -- Description.
    [status] nvarchar(50) NULL, -- planned, not_planned or ignored.
    [progress] nvarchar(50) NULL, -- open, partial or done.
    [source_type] nvarchar(50) NULL, -- custom, order or clone.
    [start_date] date NULL, -- First planned day over its cards.
    [start_date_key] int NOT NULL, -- First planned day over its cards, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Last planned day over its cards.
    [end_date_key] int NOT NULL, -- Last planned day over its cards, as yyyymmdd; -1 when empty.
    [due_date] date NULL, -- Promised or desired date.
    [due_date_key] int NOT NULL, -- Promised or desired date, as yyyymmdd; -1 when empty.
    [created_date] date NULL, -- Day it was made.
    [created_date_key] int NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    [position] int NULL, -- Order among collections.
    [meta] nvarchar(max) NULL, -- What the order that made it said.
    [warnings] nvarchar(max) NULL, -- Planning warnings.
    [checklist_count] int NULL, -- Number of checklists.
    [comment_count] int NULL, -- Number of comments.
    [attachment_count] int NULL, -- Number of attachments.
    [batch_id] nvarchar(36) NULL, -- Batch marker.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
