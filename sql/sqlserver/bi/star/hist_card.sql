-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card and period in which its plan stayed the same (type 2). The view shows living rows only.
CREATE VIEW bi.hist_card AS
SELECT
    [card_history_key],
    [card_key],
    [valid_from],
    [valid_to],
    [is_current],
    [start_date],
    [end_date],
    [due_date],
    [stage_key],
    [status_key],
    [planned_minutes],
    [remaining_minutes],
    [resource_hash],
    [source_created_at],
    [source_updated_at]
FROM dw.hist_card
WHERE coalesce(is_deleted, 0) = 0;
