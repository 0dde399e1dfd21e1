-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, as planned now. The view shows living rows only.
CREATE VIEW bi.fact_card AS
SELECT
    card_key,
    card_id,
    collection_key,
    board_key,
    stage_key,
    status_key,
    start_date,
    start_date_key,
    end_date,
    end_date_key,
    due_date,
    due_date_key,
    completed_date,
    completed_date_key,
    created_date,
    created_date_key,
    planned_minutes,
    remaining_minutes,
    original_minutes,
    activity_count,
    resource_count,
    is_scheduled,
    is_completed,
    days_late,
    source_created_at,
    source_updated_at
FROM dw.fact_card
WHERE coalesce(is_deleted, 0) = 0;
