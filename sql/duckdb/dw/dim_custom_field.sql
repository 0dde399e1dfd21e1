-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a board.
CREATE TABLE IF NOT EXISTS dw.dim_custom_field (
    custom_field_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    custom_field_id VARCHAR, -- vPlan's id.
    board_key BIGINT NOT NULL, -- The board the field belongs to.
    name VARCHAR, -- Name of the field.
    field_type VARCHAR, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    scope VARCHAR, -- What carries its values: card or collection.
    sequence INTEGER, -- Order on the board, from 0.
    options VARCHAR, -- What can be chosen, and the default.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
