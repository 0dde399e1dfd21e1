-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, resource, activity and day with planned minutes; they add up to the card's. The view shows living rows only.
CREATE VIEW bi.fact_planned_day AS
SELECT
    planned_day_key,
    card_key,
    resource_key,
    activity_key,
    date,
    date_key,
    planned_minutes,
    is_estimate,
    method,
    source_created_at,
    source_updated_at
FROM dw.fact_planned_day
WHERE coalesce(is_deleted, 0) = 0;
