-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource per day. The view shows living rows only.
CREATE VIEW bi.fact_resource_day AS
SELECT
    [resource_day_key],
    [resource_key],
    [date],
    [date_key],
    [hours_available],
    [hours_work],
    [hours_leave],
    [hours_absence],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_resource_day
WHERE coalesce(is_deleted, 0) = 0;
