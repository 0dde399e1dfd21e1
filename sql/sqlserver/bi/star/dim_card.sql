-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card. The view shows living rows only.
CREATE VIEW bi.dim_card AS
SELECT
    [card_key],
    [card_id],
    [collection_key],
    [board_key],
    [stage_key],
    [status_key],
    [parent_card_key],
    [name],
    [description],
    [start_date],
    [start_date_key],
    [start_time],
    [end_date],
    [end_date_key],
    [end_time],
    [completed_at],
    [is_locked],
    [has_running_timer],
    [rank],
    [position],
    [days_diff],
    [days_active],
    [card_recurring_id],
    [batch_id],
    [external_ref],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_card
WHERE coalesce(is_deleted, 0) = 0;
