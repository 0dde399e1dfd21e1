-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per status of a board.
CREATE TABLE IF NOT EXISTS dw.dim_status (
    status_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    status_id VARCHAR, -- vPlan's id.
    board_key BIGINT NOT NULL, -- The board the status belongs to.
    name VARCHAR, -- Name of the status.
    color VARCHAR, -- Colour of the status.
    sequence INTEGER, -- Order on the board, from 0.
    is_entry BOOLEAN, -- The status a card starts in.
    is_exit BOOLEAN, -- The status of a finished card.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
