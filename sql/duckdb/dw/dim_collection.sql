-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per collection (job).
CREATE TABLE IF NOT EXISTS dw.dim_collection (
    collection_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    collection_id VARCHAR, -- vPlan's id.
    board_key BIGINT NOT NULL, -- The board it is planned on; unknown while unplanned.
    order_key BIGINT NOT NULL, -- The order it was made from.
    name VARCHAR, -- Name; the order's code when an order made it.
    description VARCHAR, -- Description.
    status VARCHAR, -- planned, not_planned or ignored.
    progress VARCHAR, -- open, partial or done.
    source_type VARCHAR, -- custom, order or clone.
    start_date DATE, -- First planned day over its cards.
    start_date_key INTEGER NOT NULL, -- First planned day over its cards, as yyyymmdd; -1 when empty.
    end_date DATE, -- Last planned day over its cards.
    end_date_key INTEGER NOT NULL, -- Last planned day over its cards, as yyyymmdd; -1 when empty.
    due_date DATE, -- Promised or desired date.
    due_date_key INTEGER NOT NULL, -- Promised or desired date, as yyyymmdd; -1 when empty.
    created_date DATE, -- Day it was made.
    created_date_key INTEGER NOT NULL, -- Day it was made, as yyyymmdd; -1 when empty.
    position INTEGER, -- Order among collections.
    meta VARCHAR, -- What the order that made it said.
    warnings VARCHAR, -- Planning warnings.
    checklist_count INTEGER, -- Number of checklists.
    comment_count INTEGER, -- Number of comments.
    attachment_count INTEGER, -- Number of attachments.
    batch_id VARCHAR, -- Batch marker.
    external_ref VARCHAR, -- Id in the source system.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
