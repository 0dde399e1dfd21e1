-- One row per card and activity that has a plan or tracked time. Its sums are those of fact_card_activity and fact_time_entry
-- (rows that are deleted and timers that run left out). Productivity is planned over tracked time.
CREATE VIEW bi.planned_vs_actual AS
WITH planned AS (
    SELECT card_key, activity_key, cast(sum(planned_minutes) AS BIGINT) AS planned_minutes, cast(sum(remaining_minutes) AS BIGINT) AS remaining_minutes
    FROM dw.fact_card_activity
    WHERE coalesce(is_deleted, 0) = 0
    GROUP BY card_key, activity_key
),
tracked AS (
    SELECT card_key, activity_key, cast(sum(minutes) AS BIGINT) AS tracked_minutes
    FROM dw.fact_time_entry
    WHERE coalesce(is_deleted, 0) = 0 AND coalesce(is_running, 0) = 0
    GROUP BY card_key, activity_key
),
pair AS (
    SELECT
        coalesce(p.card_key, t.card_key) AS card_key,
        coalesce(p.activity_key, t.activity_key) AS activity_key,
        coalesce(p.planned_minutes, 0) AS planned_minutes,
        coalesce(t.tracked_minutes, 0) AS tracked_minutes,
        coalesce(p.remaining_minutes, 0) AS remaining_minutes
    FROM planned p
    FULL JOIN tracked t ON t.card_key = p.card_key AND t.activity_key = p.activity_key
)
SELECT
    p.card_key,
    p.activity_key,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(col.name, 'Unknown') AS collection,
    coalesce(c.name, 'Unknown') AS card,
    coalesce(a.name, 'Unknown') AS activity,
    p.planned_minutes,
    p.tracked_minutes,
    p.remaining_minutes,
    p.tracked_minutes - p.planned_minutes AS difference_minutes,
    cast(100.0 * p.planned_minutes / nullif(p.tracked_minutes, 0) AS DECIMAL(18,2)) AS productivity_percent
FROM pair p
LEFT JOIN dw.dim_card c ON c.card_key = p.card_key
LEFT JOIN dw.dim_board b ON b.board_key = c.board_key
LEFT JOIN dw.dim_collection col ON col.collection_key = c.collection_key
LEFT JOIN dw.dim_activity a ON a.activity_key = p.activity_key;
