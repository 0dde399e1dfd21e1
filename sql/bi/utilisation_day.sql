-- One row per resource and day that has a plan, tracked time or a schedule; its sums are those of the three facts. Minutes are whole minutes;
-- planned_minutes are an estimate (fact_planned_day). The schedule's minutes are 60 x its hours, empty where it does not have the day.
-- utilisation_percent = 100 x planned / available, actual_utilisation_percent = 100 x tracked / available; empty when nothing is available.
CREATE VIEW bi.utilisation_day AS
WITH minutes AS (
    SELECT
        resource_key,
        date,
        planned_minutes,
        cast(NULL AS BIGINT) AS tracked_minutes,
        cast(NULL AS DECIMAL(9,4)) AS hours_available,
        cast(NULL AS DECIMAL(9,4)) AS hours_work,
        cast(NULL AS DECIMAL(9,4)) AS hours_leave,
        cast(NULL AS DECIMAL(9,4)) AS hours_absence
    FROM dw.fact_planned_day
    WHERE coalesce(is_deleted, 0) = 0
    UNION ALL
    SELECT resource_key, work_date, NULL, minutes, NULL, NULL, NULL, NULL
    FROM dw.fact_time_entry
    WHERE coalesce(is_deleted, 0) = 0 AND coalesce(is_running, 0) = 0
    UNION ALL
    SELECT resource_key, date, NULL, NULL, hours_available, hours_work, hours_leave, hours_absence
    FROM dw.fact_resource_day
    WHERE coalesce(is_deleted, 0) = 0
),
resource_day AS (
    SELECT
        resource_key,
        date,
        cast(coalesce(sum(planned_minutes), 0) AS BIGINT) AS planned_minutes,
        cast(coalesce(sum(tracked_minutes), 0) AS BIGINT) AS tracked_minutes,
        cast(round(60 * sum(hours_available), 0) AS BIGINT) AS available_minutes,
        cast(round(60 * sum(hours_work), 0) AS BIGINT) AS work_minutes,
        cast(round(60 * sum(hours_leave), 0) AS BIGINT) AS leave_minutes,
        cast(round(60 * sum(hours_absence), 0) AS BIGINT) AS absence_minutes
    FROM minutes
    GROUP BY resource_key, date
)
SELECT
    m.resource_key,
    coalesce(r.name, 'Unknown') AS resource,
    r.resource_type,
    m.date,
    d.iso_year_week,
    m.planned_minutes,
    m.tracked_minutes,
    m.available_minutes,
    m.work_minutes,
    m.leave_minutes,
    m.absence_minutes,
    cast(100.0 * m.planned_minutes / nullif(m.available_minutes, 0) AS DECIMAL(18,2)) AS utilisation_percent,
    cast(100.0 * m.tracked_minutes / nullif(m.available_minutes, 0) AS DECIMAL(18,2)) AS actual_utilisation_percent
FROM resource_day m
LEFT JOIN dw.dim_resource r ON r.resource_key = m.resource_key
LEFT JOIN dw.dim_date d ON d.date = m.date;
