-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per dependency between two cards. The view shows living rows only.
CREATE VIEW bi.fact_card_relation AS
SELECT
    card_relation_key,
    card_relation_id,
    card_key,
    related_card_key,
    relation_type,
    status,
    is_marked_deleted,
    source_created_at,
    source_updated_at
FROM dw.fact_card_relation
WHERE coalesce(is_deleted, 0) = 0;
