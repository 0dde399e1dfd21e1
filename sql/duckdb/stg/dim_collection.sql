-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per collection (job).
CREATE OR REPLACE VIEW stg.dim_collection AS SELECT
    CAST(NULL AS BIGINT) AS collection_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS collection_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS board_key, -- The board it is planned on; unknown while unplanned.
    CAST(NULL AS BIGINT) AS order_key, -- The order it was made from.
    CAST(NULL AS VARCHAR) AS name, -- Name; the order's code when an order made it.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS VARCHAR) AS status, -- planned, not_planned or ignored.
    CAST(NULL AS VARCHAR) AS progress, -- open, partial or done.
    CAST(NULL AS VARCHAR) AS source_type, -- custom, order or clone.
    CAST(NULL AS DATE) AS start_date, -- First planned day over its cards.
    CAST(NULL AS INTEGER) AS start_date_key, -- First planned day over its cards, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS end_date, -- Last planned day over its cards.
    CAST(NULL AS INTEGER) AS end_date_key, -- Last planned day over its cards, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS due_date, -- Promised or desired date.
    CAST(NULL AS INTEGER) AS due_date_key, -- Promised or desired date, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS created_date, -- Day it was made.
    CAST(NULL AS INTEGER) AS created_date_key, -- Day it was made, as yyyymmdd; -1 when empty.
    CAST(NULL AS INTEGER) AS position, -- Order among collections.
    CAST(NULL AS VARCHAR) AS meta, -- What the order that made it said.
    CAST(NULL AS VARCHAR) AS warnings, -- Planning warnings.
    CAST(NULL AS INTEGER) AS checklist_count, -- Number of checklists.
    CAST(NULL AS INTEGER) AS comment_count, -- Number of comments.
    CAST(NULL AS INTEGER) AS attachment_count, -- Number of attachments.
    CAST(NULL AS VARCHAR) AS batch_id, -- Batch marker.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
