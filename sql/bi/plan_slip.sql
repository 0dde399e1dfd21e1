-- One row per card and run that saw its plan change; cards that came or went are no change. slip_days are the days that the planned last day moved
-- (later is positive, empty when it was or is not planned), planned_change_minutes the minutes that the plan grew by.
CREATE VIEW bi.plan_slip AS
SELECT
    p.card_key,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(col.name, 'Unknown') AS collection,
    coalesce(c.name, 'Unknown') AS card,
    p.changed_on AS date,
    p.changed_on,
    d.iso_year_week,
    p.old_start_date,
    p.new_start_date,
    p.old_end_date,
    p.new_end_date,
    p.slip_days,
    p.old_due_date,
    p.new_due_date,
    coalesce(old_stage.name, 'Unknown') AS old_stage,
    coalesce(new_stage.name, 'Unknown') AS new_stage,
    coalesce(old_status.name, 'Unknown') AS old_status,
    coalesce(new_status.name, 'Unknown') AS new_status,
    p.old_planned_minutes,
    p.new_planned_minutes,
    p.new_planned_minutes - p.old_planned_minutes AS planned_change_minutes
FROM dw.fact_plan_change p
LEFT JOIN dw.dim_card c ON c.card_key = p.card_key
LEFT JOIN dw.dim_board b ON b.board_key = c.board_key
LEFT JOIN dw.dim_collection col ON col.collection_key = c.collection_key
LEFT JOIN dw.dim_stage old_stage ON old_stage.stage_key = p.old_stage_key
LEFT JOIN dw.dim_stage new_stage ON new_stage.stage_key = p.new_stage_key
LEFT JOIN dw.dim_status old_status ON old_status.status_key = p.old_status_key
LEFT JOIN dw.dim_status new_status ON new_status.status_key = p.new_status_key
LEFT JOIN dw.dim_date d ON d.date_key = p.changed_on_key
WHERE coalesce(p.is_deleted, 0) = 0 AND p.change_type = 'changed';
