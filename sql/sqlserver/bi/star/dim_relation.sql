-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per customer or supplier. The view shows living rows only.
CREATE VIEW bi.dim_relation AS
SELECT
    [relation_key],
    [relation_id],
    [name],
    [description],
    [relation_type],
    [note],
    [phone],
    [fax],
    [email],
    [website],
    [external_ref],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_relation
WHERE coalesce(is_deleted, 0) = 0;
