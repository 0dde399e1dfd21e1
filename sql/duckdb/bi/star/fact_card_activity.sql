-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a card. The view shows living rows only.
CREATE VIEW bi.fact_card_activity AS
SELECT
    card_activity_key,
    card_key,
    activity_key,
    position,
    planned_minutes,
    remaining_minutes,
    original_minutes,
    source_created_at,
    source_updated_at
FROM dw.fact_card_activity
WHERE coalesce(is_deleted, 0) = 0;
