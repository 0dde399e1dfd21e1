-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity. The view shows living rows only.
CREATE VIEW bi.dim_activity AS
SELECT
    [activity_key],
    [activity_id],
    [name],
    [code],
    [resource_type],
    [item_key],
    [default_minutes],
    [day_max_minutes],
    [is_billable],
    [hourly_rate],
    [external_ref],
    [transaction],
    [archived_at],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_activity
WHERE coalesce(is_deleted, 0) = 0;
