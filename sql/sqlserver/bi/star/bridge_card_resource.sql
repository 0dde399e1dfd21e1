-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource assigned to a card. The view shows living rows only.
CREATE VIEW bi.bridge_card_resource AS
SELECT
    [card_resource_key],
    [card_key],
    [resource_key],
    [source_created_at],
    [source_updated_at]
FROM dw.bridge_card_resource
WHERE coalesce(is_deleted, 0) = 0;
