-- One row per board with work that is not planned: open cards without a first day, but for those of ignored collections, with the hours they are
-- planned to take and have left; and collections with the status not_planned, with the hours of their activities as long as they have no cards.
-- vPlan gives a collection its board when it is planned: until then it counts under Unknown.
CREATE VIEW bi.backlog_hours AS
WITH job AS (
    SELECT a.collection_key, sum(a.planned_minutes) AS planned_minutes, sum(coalesce(a.remaining_minutes, a.planned_minutes)) AS remaining_minutes
    FROM dw.fact_collection_activity a
    WHERE coalesce(a.is_deleted, 0) = 0 AND a.collection_key NOT IN (SELECT collection_key FROM dw.fact_card WHERE coalesce(is_deleted, 0) = 0)
    GROUP BY a.collection_key
),
unplanned AS (
    SELECT f.board_key, 1 AS cards, 0 AS collections, f.planned_minutes, f.remaining_minutes
    FROM dw.fact_card f
    LEFT JOIN dw.dim_collection c ON c.collection_key = f.collection_key
    WHERE coalesce(f.is_deleted, 0) = 0 AND coalesce(f.is_completed, 0) = 0 AND coalesce(f.is_scheduled, 0) = 0 AND coalesce(c.status, '') <> 'ignored'
    UNION ALL
    SELECT c.board_key, 0, 1, j.planned_minutes, j.remaining_minutes
    FROM dw.dim_collection c
    LEFT JOIN job j ON j.collection_key = c.collection_key
    WHERE coalesce(c.is_deleted, 0) = 0 AND c.status = 'not_planned'
),
backlog AS (
    SELECT
        board_key,
        cast(sum(cards) AS BIGINT) AS cards,
        cast(sum(collections) AS BIGINT) AS collections,
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
    cast(u.planned_minutes AS BIGINT) AS planned_minutes,
    cast(u.remaining_minutes AS BIGINT) AS remaining_minutes,
    cast(u.planned_minutes / 60.0 AS DECIMAL(18,2)) AS planned_hours,
    cast(u.remaining_minutes / 60.0 AS DECIMAL(18,2)) AS remaining_hours
FROM backlog u
LEFT JOIN dw.dim_board b ON b.board_key = u.board_key;
