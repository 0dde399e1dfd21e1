-- One row per stage and day that has a plan or a capacity. Minutes are whole minutes; planned_minutes are an estimate (fact_planned_day) and count
-- for the stage the card is in now, available_minutes are empty where the capacity of the day is not known. load_percent = 100 x planned /
-- available, empty when nothing is available; the stage warns outside the band from band_min_percent to band_max_percent.
CREATE VIEW bi.stage_load AS
WITH minutes AS (
    SELECT coalesce(f.stage_key, -1) AS stage_key, p.date, p.planned_minutes, cast(NULL AS BIGINT) AS available_minutes
    FROM dw.fact_planned_day p
    LEFT JOIN dw.fact_card f ON f.card_key = p.card_key
    WHERE coalesce(p.is_deleted, 0) = 0
    UNION ALL
    SELECT stage_key, date, NULL, available_minutes
    FROM dw.fact_stage_capacity_day
    WHERE coalesce(is_deleted, 0) = 0
),
stage_day AS (
    SELECT stage_key, date, cast(coalesce(sum(planned_minutes), 0) AS BIGINT) AS planned_minutes, cast(sum(available_minutes) AS BIGINT) AS available_minutes
    FROM minutes
    GROUP BY stage_key, date
)
SELECT
    m.stage_key,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(s.name, 'Unknown') AS stage,
    m.date,
    d.iso_year_week,
    m.planned_minutes,
    m.available_minutes,
    cast(100.0 * m.planned_minutes / nullif(m.available_minutes, 0) AS DECIMAL(18,2)) AS load_percent,
    s.capacity_notification_min AS band_min_percent,
    s.capacity_notification_max AS band_max_percent
FROM stage_day m
LEFT JOIN dw.dim_stage s ON s.stage_key = m.stage_key
LEFT JOIN dw.dim_board b ON b.board_key = s.board_key
LEFT JOIN dw.dim_date d ON d.date = m.date;
