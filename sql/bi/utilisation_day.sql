-- One row per resource and day that has a plan, tracked time or a schedule; its sums are those of the three facts. Minutes are whole minutes;
-- planned_minutes are an estimate (fact_planned_day). The schedule's minutes are 60 x its hours, empty where it does not have the day.
-- utilisation_percent = 100 x planned / available, actual_utilisation_percent = 100 x tracked / available; empty when nothing is available.
CREATE OR REPLACE VIEW bi.utilisation_day AS
WITH minutes AS (
    SELECT
        resource_key,
        date,
        planned_minutes,
        NULL AS tracked_minutes,
        NULL AS hours_available,
        NULL AS hours_work,
        NULL AS hours_leave,
        NULL AS hours_absence
    FROM dw.fact_planned_day
    WHERE is_deleted IS NOT TRUE
    UNION ALL
    SELECT resource_key, work_date, NULL, minutes, NULL, NULL, NULL, NULL
    FROM dw.fact_time_entry
    WHERE is_deleted IS NOT TRUE AND is_running IS NOT TRUE
    UNION ALL
    SELECT resource_key, date, NULL, NULL, hours_available, hours_work, hours_leave, hours_absence
    FROM dw.fact_resource_day
    WHERE is_deleted IS NOT TRUE
),
resource_day AS (
    SELECT
        resource_key,
        date,
        coalesce(sum(planned_minutes), 0)::BIGINT AS planned_minutes,
        coalesce(sum(tracked_minutes), 0)::BIGINT AS tracked_minutes,
        round(60 * sum(hours_available))::BIGINT AS available_minutes,
        round(60 * sum(hours_work))::BIGINT AS work_minutes,
        round(60 * sum(hours_leave))::BIGINT AS leave_minutes,
        round(60 * sum(hours_absence))::BIGINT AS absence_minutes
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
    (100.0 * m.planned_minutes / nullif(m.available_minutes, 0))::DECIMAL(18,2) AS utilisation_percent,
    (100.0 * m.tracked_minutes / nullif(m.available_minutes, 0))::DECIMAL(18,2) AS actual_utilisation_percent
FROM resource_day m
LEFT JOIN dw.dim_resource r ON r.resource_key = m.resource_key
LEFT JOIN dw.dim_date d ON d.date = m.date;
