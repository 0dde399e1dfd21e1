-- One row per card and activity that has a plan or tracked time. Its sums are those of fact_card_activity and fact_time_entry
-- (rows that are deleted and timers that run left out). Productivity is planned over tracked time.
CREATE OR REPLACE VIEW bi.planned_vs_actual AS
WITH planned AS (
    SELECT card_key, activity_key, sum(planned_minutes)::BIGINT AS planned_minutes, sum(remaining_minutes)::BIGINT AS remaining_minutes
    FROM dw.fact_card_activity
    WHERE is_deleted IS NOT TRUE
    GROUP BY card_key, activity_key
),
tracked AS (
    SELECT card_key, activity_key, sum(minutes)::BIGINT AS tracked_minutes
    FROM dw.fact_time_entry
    WHERE is_deleted IS NOT TRUE AND is_running IS NOT TRUE
    GROUP BY card_key, activity_key
),
pair AS (
    SELECT
        card_key,
        activity_key,
        coalesce(planned_minutes, 0) AS planned_minutes,
        coalesce(tracked_minutes, 0) AS tracked_minutes,
        coalesce(remaining_minutes, 0) AS remaining_minutes
    FROM planned
    FULL JOIN tracked USING (card_key, activity_key)
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
    (100.0 * p.planned_minutes / nullif(p.tracked_minutes, 0))::DECIMAL(18,2) AS productivity_percent
FROM pair p
LEFT JOIN dw.dim_card c ON c.card_key = p.card_key
LEFT JOIN dw.dim_board b ON b.board_key = c.board_key
LEFT JOIN dw.dim_collection col ON col.collection_key = c.collection_key
LEFT JOIN dw.dim_activity a ON a.activity_key = p.activity_key;
