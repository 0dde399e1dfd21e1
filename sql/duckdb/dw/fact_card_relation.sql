-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per dependency between two cards.
CREATE TABLE IF NOT EXISTS dw.fact_card_relation (
    card_relation_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    card_relation_id VARCHAR, -- vPlan's id.
    card_key BIGINT NOT NULL, -- The card that the type is said of: it blocks, depends on … the related card.
    related_card_key BIGINT NOT NULL, -- The other card.
    relation_type VARCHAR, -- related, blocks, depends or cloned.
    status VARCHAR, -- valid …
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
