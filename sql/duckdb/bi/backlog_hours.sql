-- One row per board with work that is not planned: open cards without a first day, but for those of ignored collections, with the hours they are
-- planned to take and have left; and collections with the status not_planned, with or without cards. vPlan gives a collection its board when it
-- is planned: until then it counts under Unknown.
CREATE OR REPLACE VIEW bi.backlog_hours AS
WITH unplanned AS (
    SELECT f.board_key, 1 AS cards, 0 AS collections, f.planned_minutes, f.remaining_minutes
    FROM dw.fact_card f
    LEFT JOIN dw.dim_collection c ON c.collection_key = f.collection_key
    WHERE f.is_deleted IS NOT TRUE AND f.is_completed IS NOT TRUE AND f.is_scheduled IS NOT TRUE AND coalesce(c.status, '') <> 'ignored'
    UNION ALL
    SELECT board_key, 0, 1, 0, 0
    FROM dw.dim_collection
    WHERE is_deleted IS NOT TRUE AND status = 'not_planned'
),
backlog AS (
    SELECT
        board_key,
        sum(cards)::BIGINT AS cards,
        sum(collections)::BIGINT AS collections,
        coalesce(sum(planned_minutes), 0) AS planned_minutes,
        coalesce(sum(remaining_minutes), 0) AS remaining_minutes
    FROM unplanned
    GROUP BY board_key
)
SELECT
    u.board_key,
    coalesce(b.name, 'Unknown') AS board,
    u.cards,
    u.collections,
    (u.planned_minutes / 60.0)::DECIMAL(18,2) AS planned_hours,
    (u.remaining_minutes / 60.0)::DECIMAL(18,2) AS remaining_hours
FROM backlog u
LEFT JOIN dw.dim_board b ON b.board_key = u.board_key;
