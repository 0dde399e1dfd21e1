-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource, archived ones too. The view shows living rows only.
CREATE VIEW bi.dim_resource AS
SELECT
    [resource_key],
    [resource_id],
    [name],
    [resource_type],
    [description],
    [start_date],
    [start_date_key],
    [end_date],
    [end_date_key],
    [workdays_start_date],
    [workdays_start_date_key],
    [hours_monday],
    [hours_tuesday],
    [hours_wednesday],
    [hours_thursday],
    [hours_friday],
    [hours_saturday],
    [hours_sunday],
    [has_integration_schedule],
    [external_ref],
    [transaction],
    [archived_at],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_resource
WHERE coalesce(is_deleted, 0) = 0;
