-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and run that saw its plan change; what the first run finds is no change. The view shows living rows only.
CREATE VIEW bi.fact_plan_change AS
SELECT
    [plan_change_key],
    [card_key],
    [changed_on],
    [changed_on_key],
    [change_type],
    [old_start_date],
    [new_start_date],
    [old_end_date],
    [new_end_date],
    [old_due_date],
    [new_due_date],
    [old_stage_key],
    [new_stage_key],
    [old_status_key],
    [new_status_key],
    [old_planned_minutes],
    [new_planned_minutes],
    [slip_days],
    [source_created_at],
    [source_updated_at]
FROM dw.fact_plan_change
WHERE coalesce(is_deleted, 0) = 0;
