-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per leave or absence of a resource. The view shows living rows only.
CREATE VIEW bi.fact_absence AS
SELECT
    [absence_key],
    [absence_id],
    [resource_key],
    [absence_type],
    [start_date],
    [start_date_key],
    [end_date],
    [end_date_key],
    [minutes_per_day],
    [description],
    [external_ref],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_absence
WHERE coalesce(is_deleted, 0) = 0;
