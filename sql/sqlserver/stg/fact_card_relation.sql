-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per dependency between two cards.
CREATE TABLE [stg].[fact_card_relation] (
    [card_relation_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_relation_id] nvarchar(36) NULL, -- vPlan's id.
    [card_key] bigint NOT NULL, -- The card that the type is said of: it blocks, depends on … the related card.
    [related_card_key] bigint NOT NULL, -- The other card.
    [relation_type] nvarchar(50) NULL, -- related, blocks, depends or cloned.
    [status] nvarchar(50) NULL, -- valid …
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
