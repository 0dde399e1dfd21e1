-- One row per open card that has started: its planned first day has come, or time was tracked on it. started_date is the first of the two,
-- age_days the days from then to the day of the last run. Minutes are whole minutes. is_exit_status tells cards that stand in a finishing status
-- without having been completed.
CREATE VIEW bi.work_in_progress AS
WITH tracked AS (
    SELECT card_key, min(work_date) AS first_date, cast(sum(minutes) AS BIGINT) AS tracked_minutes
    FROM dw.fact_time_entry
    WHERE coalesce(is_deleted, 0) = 0 AND coalesce(is_running, 0) = 0
    GROUP BY card_key
),
started AS (
    SELECT f.*, least(f.start_date, t.first_date) AS started_date, coalesce(t.tracked_minutes, 0) AS tracked_minutes
    FROM dw.fact_card f
    LEFT JOIN tracked t ON t.card_key = f.card_key
    WHERE coalesce(f.is_deleted, 0) = 0 AND coalesce(f.is_completed, 0) = 0
),
today AS (
    SELECT max(date) AS today FROM dw.dim_date WHERE day_offset = 0
)
SELECT
    f.card_key,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(s.name, 'Unknown') AS stage,
    coalesce(st.name, 'Unknown') AS status,
    st.is_exit AS is_exit_status,
    coalesce(col.name, 'Unknown') AS collection,
    coalesce(c.name, 'Unknown') AS card,
    f.started_date,
    cast(date_diff('day', f.started_date, today.today) AS INTEGER) AS age_days,
    f.due_date,
    f.planned_minutes,
    f.remaining_minutes,
    f.tracked_minutes
FROM started f
JOIN today ON f.started_date <= today.today
LEFT JOIN dw.dim_card c ON c.card_key = f.card_key
LEFT JOIN dw.dim_board b ON b.board_key = f.board_key
LEFT JOIN dw.dim_stage s ON s.stage_key = f.stage_key
LEFT JOIN dw.dim_status st ON st.status_key = f.status_key
LEFT JOIN dw.dim_collection col ON col.collection_key = f.collection_key;
