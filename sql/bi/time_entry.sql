-- One row per live time entry whose timer has stopped.
CREATE VIEW bi.time_entry AS
SELECT
    e.time_entry_id,
    e.work_date AS date,
    d.iso_year_week,
    coalesce(u.full_name, 'Unknown') AS user_name,
    coalesce(r.name, 'Unknown') AS resource,
    coalesce(a.name, 'Unknown') AS activity,
    coalesce(c.name, 'Unknown') AS card,
    coalesce(col.name, 'Unknown') AS collection,
    coalesce(b.name, 'Unknown') AS board,
    e.minutes,
    cast(e.minutes / 60.0 AS DECIMAL(18,4)) AS hours,
    e.status,
    a.is_billable,
    e.note
FROM dw.fact_time_entry e
LEFT JOIN dw.dim_date d ON d.date_key = e.work_date_key AND d.date_key <> -1
LEFT JOIN dw.dim_user u ON u.user_key = e.user_key
LEFT JOIN dw.dim_resource r ON r.resource_key = e.resource_key
LEFT JOIN dw.dim_activity a ON a.activity_key = e.activity_key
LEFT JOIN dw.dim_card c ON c.card_key = e.card_key
LEFT JOIN dw.dim_collection col ON col.collection_key = e.collection_key
LEFT JOIN dw.dim_board b ON b.board_key = e.board_key
WHERE coalesce(e.is_deleted, 0) = 0 AND coalesce(e.is_running, 0) = 0;
