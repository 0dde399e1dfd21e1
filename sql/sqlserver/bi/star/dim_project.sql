-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per project. The view shows living rows only.
CREATE VIEW bi.dim_project AS
SELECT
    [project_key],
    [project_id],
    [name],
    [code],
    [description],
    [external_ref],
    [transaction],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_project
WHERE coalesce(is_deleted, 0) = 0;
