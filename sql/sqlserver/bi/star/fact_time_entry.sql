-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per time entry. The view shows living rows only.
CREATE VIEW bi.fact_time_entry AS
SELECT
    [time_entry_key],
    [time_entry_id],
    [card_key],
    [collection_key],
    [board_key],
    [activity_key],
    [user_key],
    [resource_key],
    [work_date],
    [work_date_key],
    [started_at],
    [ended_at],
    [minutes],
    [status],
    [is_running],
    [is_locked],
    [note],
    [synchronized_at],
    [has_external_failure],
    [external_note],
    [external_ref],
    [is_marked_deleted],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_time_entry
WHERE coalesce(is_deleted, 0) = 0;
