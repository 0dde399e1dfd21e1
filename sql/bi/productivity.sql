-- One row per user, activity and ISO week with tracked time. planned_minutes is the plan of the cards' activities, shared out over the entries on
-- them by their minutes, so over all weeks and users a plan counts once. productivity_percent = 100 x planned / tracked, empty when nothing is
-- tracked. The plan of a card that is still open counts in full too: that of the completed cards alone is the score that is final. A card that is
-- deleted has no plan any more, and is none of the completed ones.
CREATE VIEW bi.productivity AS
WITH planned AS (
    SELECT card_key, activity_key, sum(planned_minutes) AS planned_minutes
    FROM dw.fact_card_activity
    WHERE coalesce(is_deleted, 0) = 0
    GROUP BY card_key, activity_key
),
tracked AS (
    SELECT *, sum(minutes) OVER (PARTITION BY card_key, activity_key) AS minutes_of_all
    FROM dw.fact_time_entry
    WHERE coalesce(is_deleted, 0) = 0 AND coalesce(is_running, 0) = 0
),
entry AS (
    SELECT
        t.user_key,
        t.activity_key,
        d.iso_year_week,
        f.is_completed,
        t.minutes AS tracked_minutes,
        coalesce(p.planned_minutes * (cast(t.minutes AS FLOAT(53)) / nullif(t.minutes_of_all, 0)), 0) AS planned_minutes
    FROM tracked t
    LEFT JOIN planned p ON p.card_key = t.card_key AND p.activity_key = t.activity_key
    LEFT JOIN dw.fact_card f ON f.card_key = t.card_key AND coalesce(f.is_deleted, 0) = 0
    LEFT JOIN dw.dim_date d ON d.date_key = t.work_date_key
),
week AS (
    SELECT
        user_key,
        activity_key,
        iso_year_week,
        sum(planned_minutes) AS planned_minutes,
        cast(coalesce(sum(tracked_minutes), 0) AS BIGINT) AS tracked_minutes,
        sum(CASE WHEN is_completed = 1 THEN planned_minutes ELSE 0 END) AS completed_planned_minutes,
        cast(coalesce(sum(CASE WHEN is_completed = 1 THEN tracked_minutes ELSE 0 END), 0) AS BIGINT) AS completed_tracked_minutes
    FROM entry
    GROUP BY user_key, activity_key, iso_year_week
)
SELECT
    w.user_key,
    w.activity_key,
    coalesce(u.full_name, 'Unknown') AS user_name,
    coalesce(a.name, 'Unknown') AS activity,
    w.iso_year_week,
    cast(w.planned_minutes AS DECIMAL(18,2)) AS planned_minutes,
    w.tracked_minutes,
    cast(100.0 * w.planned_minutes / nullif(w.tracked_minutes, 0) AS DECIMAL(18,2)) AS productivity_percent,
    cast(w.completed_planned_minutes AS DECIMAL(18,2)) AS completed_planned_minutes,
    w.completed_tracked_minutes,
    cast(100.0 * w.completed_planned_minutes / nullif(w.completed_tracked_minutes, 0) AS DECIMAL(18,2)) AS completed_productivity_percent
FROM week w
LEFT JOIN dw.dim_user u ON u.user_key = w.user_key
LEFT JOIN dw.dim_activity a ON a.activity_key = w.activity_key;
