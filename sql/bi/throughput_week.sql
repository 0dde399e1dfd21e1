-- One row per board, stage and ISO week in which cards were completed: how many, and their planned minutes. A card counts in the stage it is in now.
CREATE VIEW bi.throughput_week AS
WITH completed AS (
    SELECT f.board_key, f.stage_key, d.iso_year_week, cast(count(*) AS BIGINT) AS completed_cards, cast(coalesce(sum(f.planned_minutes), 0) AS BIGINT) AS planned_minutes
    FROM dw.fact_card f
    LEFT JOIN dw.dim_date d ON d.date_key = f.completed_date_key
    WHERE coalesce(f.is_deleted, 0) = 0 AND f.is_completed = 1
    GROUP BY f.board_key, f.stage_key, d.iso_year_week
)
SELECT
    c.board_key,
    c.stage_key,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(s.name, 'Unknown') AS stage,
    c.iso_year_week,
    c.completed_cards,
    c.planned_minutes
FROM completed c
LEFT JOIN dw.dim_board b ON b.board_key = c.board_key
LEFT JOIN dw.dim_stage s ON s.stage_key = c.stage_key;
