-- One row per user, ISO week and status with time entries that are not approved: draft, pending or rejected. Minutes are whole minutes.
CREATE VIEW bi.approval_backlog AS
WITH backlog AS (
    SELECT e.user_key, d.iso_year_week, e.status, cast(count(*) AS BIGINT) AS entries, cast(coalesce(sum(e.minutes), 0) AS BIGINT) AS minutes, min(e.work_date) AS oldest_date
    FROM dw.fact_time_entry e
    LEFT JOIN dw.dim_date d ON d.date_key = e.work_date_key
    WHERE coalesce(e.is_deleted, 0) = 0 AND coalesce(e.is_running, 0) = 0 AND e.status IN ('draft', 'pending', 'rejected')
    GROUP BY e.user_key, d.iso_year_week, e.status
)
SELECT b.user_key, coalesce(u.full_name, 'Unknown') AS user_name, b.iso_year_week, b.status, b.entries, b.minutes, b.oldest_date
FROM backlog b
LEFT JOIN dw.dim_user u ON u.user_key = b.user_key;
