-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board in a space.
CREATE TABLE IF NOT EXISTS dw.bridge_space_board (
    space_board_key BIGINT NOT NULL, -- Key of the link: hash of both ids.
    space_key BIGINT NOT NULL, -- The record that lists the element.
    board_key BIGINT NOT NULL, -- The board.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
