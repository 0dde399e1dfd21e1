-- One row per live card, flat. Minutes are whole minutes; days_late counts to completion, or to the day of the last run while open.
-- orders and customers are those of its collection; what a purchase order is with is a supplier, no customer.
CREATE VIEW bi.card AS
WITH resources AS (
    SELECT b.card_key, string_agg(cast(coalesce(r.name, 'Unknown') AS NVARCHAR(MAX)), ', ') WITHIN GROUP (ORDER BY coalesce(r.name, 'Unknown')) AS resources
    FROM dw.bridge_card_resource b
    LEFT JOIN dw.dim_resource r ON r.resource_key = b.resource_key
    WHERE coalesce(b.is_deleted, 0) = 0
    GROUP BY b.card_key
),
labels AS (
    SELECT b.card_key, string_agg(cast(coalesce(l.name, 'Unknown') AS NVARCHAR(MAX)), ', ') WITHIN GROUP (ORDER BY coalesce(l.name, 'Unknown')) AS labels
    FROM dw.bridge_card_label b
    LEFT JOIN dw.dim_label l ON l.label_key = b.label_key
    WHERE coalesce(b.is_deleted, 0) = 0
    GROUP BY b.card_key
),
code AS (
    SELECT DISTINCT collection_key, coalesce(code, 'Unknown') AS code
    FROM dw.dim_order
    WHERE coalesce(is_deleted, 0) = 0 AND collection_key <> -1
),
orders AS (
    SELECT collection_key, string_agg(cast(code AS NVARCHAR(MAX)), ', ') WITHIN GROUP (ORDER BY code) AS orders
    FROM code
    GROUP BY collection_key
),
relation AS (
    SELECT DISTINCT o.collection_key, coalesce(r.name, 'Unknown') AS name
    FROM dw.dim_order o
    LEFT JOIN dw.dim_relation r ON r.relation_key = o.relation_key
    WHERE coalesce(o.is_deleted, 0) = 0 AND o.collection_key <> -1 AND o.relation_key <> -1 AND coalesce(o.order_type, '') <> 'Purchase'
),
customers AS (
    SELECT collection_key, string_agg(cast(name AS NVARCHAR(MAX)), ', ') WITHIN GROUP (ORDER BY name) AS customers
    FROM relation
    GROUP BY collection_key
),
tracked AS (
    SELECT card_key, cast(sum(minutes) AS BIGINT) AS tracked_minutes
    FROM dw.fact_time_entry
    WHERE coalesce(is_deleted, 0) = 0 AND coalesce(is_running, 0) = 0
    GROUP BY card_key
),
today AS (
    SELECT max(date) AS today FROM dw.dim_date WHERE day_offset = 0
)
SELECT
    c.card_key,
    c.card_id,
    coalesce(c.name, 'Unknown') AS card,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(s.name, 'Unknown') AS stage,
    coalesce(st.name, 'Unknown') AS status,
    coalesce(col.name, 'Unknown') AS collection,
    coalesce(o.orders, 'Unknown') AS orders,
    coalesce(n.customers, 'Unknown') AS customers,
    f.start_date,
    f.end_date,
    f.due_date,
    f.completed_date,
    f.created_date,
    f.planned_minutes,
    f.remaining_minutes,
    f.original_minutes,
    coalesce(t.tracked_minutes, 0) AS tracked_minutes,
    r.resources,
    l.labels,
    f.is_scheduled,
    f.is_completed,
    coalesce(datediff(day, f.due_date, coalesce(f.completed_date, today.today)), f.days_late) AS days_late
FROM dw.fact_card f
JOIN dw.dim_card c ON c.card_key = f.card_key
LEFT JOIN dw.dim_board b ON b.board_key = f.board_key
LEFT JOIN dw.dim_stage s ON s.stage_key = f.stage_key
LEFT JOIN dw.dim_status st ON st.status_key = f.status_key
LEFT JOIN dw.dim_collection col ON col.collection_key = f.collection_key
LEFT JOIN orders o ON o.collection_key = f.collection_key
LEFT JOIN customers n ON n.collection_key = f.collection_key
LEFT JOIN resources r ON r.card_key = f.card_key
LEFT JOIN labels l ON l.card_key = f.card_key
LEFT JOIN tracked t ON t.card_key = f.card_key
CROSS JOIN today
WHERE coalesce(f.is_deleted, 0) = 0;
