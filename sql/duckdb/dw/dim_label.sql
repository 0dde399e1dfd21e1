-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label of a board.
CREATE TABLE IF NOT EXISTS dw.dim_label (
    label_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    label_id VARCHAR, -- vPlan's id.
    board_key BIGINT NOT NULL, -- The board the label belongs to.
    name VARCHAR, -- Text of the label.
    color VARCHAR, -- Colour of the label.
    sequence INTEGER, -- Order on the board, from 0.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
