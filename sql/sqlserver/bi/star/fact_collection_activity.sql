-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a collection. The view shows living rows only.
CREATE VIEW bi.fact_collection_activity AS
SELECT
    [collection_activity_key],
    [collection_key],
    [activity_key],
    [position],
    [planned_minutes],
    [remaining_minutes],
    [original_minutes],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_collection_activity
WHERE coalesce(is_deleted, 0) = 0;
