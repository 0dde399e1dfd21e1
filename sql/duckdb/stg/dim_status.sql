-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per status of a board.
CREATE OR REPLACE VIEW stg.dim_status AS SELECT
    CAST(NULL AS BIGINT) AS status_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS status_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS board_key, -- The board the status belongs to.
    CAST(NULL AS VARCHAR) AS name, -- Name of the status.
    CAST(NULL AS VARCHAR) AS color, -- Colour of the status.
    CAST(NULL AS INTEGER) AS sequence, -- Order on the board, from 0.
    CAST(NULL AS BOOLEAN) AS is_entry, -- The status a card starts in.
    CAST(NULL AS BOOLEAN) AS is_exit, -- The status of a finished card.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
