-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per space. The view shows living rows only.
CREATE VIEW bi.dim_space AS
SELECT
    [space_key],
    [space_id],
    [name],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_space
WHERE coalesce(is_deleted, 0) = 0;
