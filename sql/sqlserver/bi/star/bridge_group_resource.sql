-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource in a group. The view shows living rows only.
CREATE VIEW bi.bridge_group_resource AS
SELECT
    [group_resource_key],
    [group_key],
    [resource_key],
    [source_created_at],
    [source_updated_at]
FROM dw.bridge_group_resource
WHERE coalesce(is_deleted, 0) = 0;
