-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per collection (job). The view shows living rows only.
CREATE VIEW bi.dim_collection AS
SELECT
    [collection_key],
    [collection_id],
    [board_key],
    [order_key],
    [name],
    [description],
    [status],
    [progress],
    [source_type],
    [start_date],
    [start_date_key],
    [end_date],
    [end_date_key],
    [due_date],
    [due_date_key],
    [created_date],
    [created_date_key],
    [position],
    [meta],
    [warnings],
    [checklist_count],
    [comment_count],
    [attachment_count],
    [batch_id],
    [external_ref],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_collection
WHERE coalesce(is_deleted, 0) = 0;
