-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label on a card. The view shows living rows only.
CREATE VIEW bi.bridge_card_label AS
SELECT
    card_label_key,
    card_key,
    label_key,
    source_created_at,
    source_updated_at
FROM dw.bridge_card_label
WHERE coalesce(is_deleted, 0) = 0;
