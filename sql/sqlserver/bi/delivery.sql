-- One row per order and one per collection (subject tells which). An order is promised for its promised_date and done on its delivered_date; a
-- collection is due on its due_date and done when all its cards are, on the day of the last. is_on_time = done_date <= due_date: false as soon as
-- the due date has passed, empty before, and without a due date. days_late = done_date, or the day of the last run while open, minus due_date:
-- negative is early. lead_time_days = done_date minus the order's date, or minus the day the collection was made. The relation of a
-- collection is its orders' customer; an order that names no board has that of its collection.
CREATE VIEW bi.delivery AS
WITH relation AS (
    SELECT DISTINCT o.collection_key, coalesce(r.name, 'Unknown') AS name
    FROM dw.dim_order o
    LEFT JOIN dw.dim_relation r ON r.relation_key = o.relation_key
    WHERE coalesce(o.is_deleted, 0) = 0 AND o.collection_key <> -1 AND o.relation_key <> -1 AND coalesce(o.order_type, '') <> 'Purchase'
),
customer AS (
    SELECT collection_key, string_agg(cast(name AS NVARCHAR(MAX)), ', ') WITHIN GROUP (ORDER BY name) AS customers
    FROM relation
    GROUP BY collection_key
),
work AS (
    SELECT
        collection_key,
        count(*) AS cards,
        sum(CASE WHEN is_completed = 1 THEN 1 ELSE 0 END) AS completed_cards,
        max(completed_date) AS last_completed_date
    FROM dw.fact_card
    WHERE coalesce(is_deleted, 0) = 0
    GROUP BY collection_key
),
subject AS (
    SELECT
        cast('order' AS NVARCHAR(10)) AS subject,
        o.order_key AS subject_key,
        o.code AS name,
        o.order_type,
        o.status,
        CASE WHEN o.board_key = -1 THEN c.board_key ELSE o.board_key END AS board_key,
        r.name AS relation,
        CASE WHEN coalesce(o.order_type, '') <> 'Purchase' THEN r.name END AS customers,
        o.order_date AS begin_date,
        o.promised_date AS due_date,
        o.delivered_date AS done_date
    FROM dw.dim_order o
    LEFT JOIN dw.dim_relation r ON r.relation_key = o.relation_key
    LEFT JOIN dw.dim_collection c ON c.collection_key = o.collection_key
    WHERE o.order_key <> -1 AND coalesce(o.is_deleted, 0) = 0 AND coalesce(o.is_inferred, 0) = 0
    UNION ALL
    SELECT
        'collection',
        c.collection_key,
        c.name,
        NULL,
        c.status,
        c.board_key,
        o.customers,
        o.customers,
        c.created_date,
        c.due_date,
        CASE WHEN w.cards = w.completed_cards THEN w.last_completed_date END
    FROM dw.dim_collection c
    LEFT JOIN work w ON w.collection_key = c.collection_key
    LEFT JOIN customer o ON o.collection_key = c.collection_key
    WHERE c.collection_key <> -1 AND coalesce(c.is_deleted, 0) = 0 AND coalesce(c.is_inferred, 0) = 0
),
today AS (
    SELECT max(date) AS today FROM dw.dim_date WHERE day_offset = 0
)
SELECT
    s.subject,
    s.subject_key,
    coalesce(s.name, 'Unknown') AS name,
    s.order_type,
    s.status,
    coalesce(b.name, 'Unknown') AS board,
    coalesce(s.relation, 'Unknown') AS relation,
    coalesce(s.customers, 'Unknown') AS customers,
    s.begin_date,
    s.due_date,
    s.done_date,
    cast(CASE WHEN s.done_date IS NOT NULL THEN 1 ELSE 0 END AS BIT) AS is_done,
    cast(CASE
        WHEN s.done_date <= s.due_date THEN 1
        WHEN coalesce(s.done_date, today.today) > s.due_date THEN 0
    END AS BIT) AS is_on_time,
    datediff(day, s.due_date, coalesce(s.done_date, today.today)) AS days_late,
    datediff(day, s.begin_date, s.done_date) AS lead_time_days
FROM subject s
LEFT JOIN dw.dim_board b ON b.board_key = s.board_key
CROSS JOIN today;
