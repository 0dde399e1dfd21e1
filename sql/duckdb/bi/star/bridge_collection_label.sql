-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label on a collection. The view shows living rows only.
CREATE VIEW bi.bridge_collection_label AS
SELECT
    collection_label_key,
    collection_key,
    label_key,
    source_created_at,
    source_updated_at
FROM dw.bridge_collection_label
WHERE coalesce(is_deleted, 0) = 0;
