-- One row per activity, customer and calendar month with tracked time. The customers are those of the orders of the card's collection; where they
-- are several, relation_key is -1 and customers names them all. billable_percent = 100 x minutes on billable activities / tracked minutes: of one
-- row it is 100 or 0, so take it from sums. value = billable hours x the activity's hourly rate of today, empty without a rate.
CREATE VIEW bi.billable AS
WITH customer AS (
    SELECT
        o.collection_key,
        CASE WHEN min(o.relation_key) = max(o.relation_key) THEN min(o.relation_key) ELSE -1 END AS relation_key,
        string_agg(DISTINCT coalesce(r.name, 'Unknown'), ', ' ORDER BY coalesce(r.name, 'Unknown')) AS customers
    FROM dw.dim_order o
    LEFT JOIN dw.dim_relation r ON r.relation_key = o.relation_key
    WHERE coalesce(o.is_deleted, 0) = 0 AND o.collection_key <> -1 AND o.relation_key <> -1 AND coalesce(o.order_type, '') <> 'Purchase'
    GROUP BY o.collection_key
),
tracked AS (
    SELECT
        e.activity_key,
        coalesce(c.relation_key, -1) AS relation_key,
        coalesce(c.customers, 'Unknown') AS customers,
        d.year_month,
        cast(coalesce(sum(e.minutes), 0) AS BIGINT) AS tracked_minutes
    FROM dw.fact_time_entry e
    LEFT JOIN customer c ON c.collection_key = e.collection_key
    LEFT JOIN dw.dim_date d ON d.date_key = e.work_date_key
    WHERE coalesce(e.is_deleted, 0) = 0 AND coalesce(e.is_running, 0) = 0
    GROUP BY e.activity_key, coalesce(c.relation_key, -1), coalesce(c.customers, 'Unknown'), d.year_month
),
billable AS (
    SELECT t.*, a.name, a.hourly_rate, CASE WHEN a.is_billable = 1 THEN t.tracked_minutes ELSE 0 END AS billable_minutes
    FROM tracked t
    LEFT JOIN dw.dim_activity a ON a.activity_key = t.activity_key
)
SELECT
    activity_key,
    relation_key,
    coalesce(name, 'Unknown') AS activity,
    customers,
    year_month,
    tracked_minutes,
    billable_minutes,
    cast(100.0 * billable_minutes / nullif(tracked_minutes, 0) AS DECIMAL(18,2)) AS billable_percent,
    hourly_rate,
    cast(billable_minutes * hourly_rate / 60 AS DECIMAL(18,4)) AS value
FROM billable;
