-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label on a card.
CREATE TABLE IF NOT EXISTS dw.bridge_card_label (
    card_label_key BIGINT NOT NULL, -- Key of the link: hash of both ids.
    card_key BIGINT NOT NULL, -- The record that lists the element.
    label_key BIGINT NOT NULL, -- The label.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
