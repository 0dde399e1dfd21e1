-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per dependency between two cards.
CREATE OR REPLACE VIEW stg.fact_card_relation AS SELECT
    CAST(NULL AS BIGINT) AS card_relation_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS card_relation_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS card_key, -- The card that the type is said of: it blocks, depends on … the related card.
    CAST(NULL AS BIGINT) AS related_card_key, -- The other card.
    CAST(NULL AS VARCHAR) AS relation_type, -- related, blocks, depends or cloned.
    CAST(NULL AS VARCHAR) AS status, -- valid …
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
