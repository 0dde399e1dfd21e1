-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a board.
CREATE OR REPLACE VIEW stg.dim_custom_field AS SELECT
    CAST(NULL AS BIGINT) AS custom_field_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS custom_field_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS board_key, -- The board the field belongs to.
    CAST(NULL AS VARCHAR) AS name, -- Name of the field.
    CAST(NULL AS VARCHAR) AS field_type, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    CAST(NULL AS VARCHAR) AS scope, -- What carries its values: card or collection.
    CAST(NULL AS INTEGER) AS sequence, -- Order on the board, from 0.
    CAST(NULL AS VARCHAR) AS options, -- What can be chosen, and the default.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
