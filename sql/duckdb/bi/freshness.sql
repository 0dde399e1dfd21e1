-- One row per table of the star: how fresh it is, and the proof of its entity's last read: vPlan's count, the ids seen, and what became of the
-- records (landed = accepted + rejected + repeated) and of their minutes and hours, which are the same from the pages to dw. Of a table that several
-- entities feed, these are sums, the watermark is the oldest and empty as long as one has none, and the reason is that of one that is unavailable. Times are UTC;
-- position is the order in which rows refer to each other.
CREATE VIEW bi.freshness AS
WITH loaded AS (
    SELECT t.table_name, t.run_id, l.loaded_at, t.live_rows, row_number() OVER (PARTITION BY t.table_name ORDER BY l.sequence DESC) AS age
    FROM etl.load_table t
    JOIN etl.load l ON l.run_id = t.run_id
),
proof AS (
    SELECT
        c.entity, c.expected, c.seen, c.landed, c.accepted, c.rejected, c.repeated, c.minutes_accepted AS minutes, c.hours_accepted AS hours,
        c.unavailable_reason,
        row_number() OVER (PARTITION BY c.entity ORDER BY r.sequence DESC) AS age
    FROM etl.certificate c
    JOIN etl.run r ON r.run_id = c.run_id
),
mark AS (
    SELECT c.entity, c.watermark, row_number() OVER (PARTITION BY c.entity ORDER BY r.sequence DESC) AS age
    FROM etl.certificate c
    JOIN etl.run r ON r.run_id = c.run_id
    WHERE c.watermark IS NOT NULL
),
feed AS (
    SELECT
        m.position,
        m.table_name,
        string_agg(m.entity, ', ' ORDER BY m.entity) AS entity,
        CASE WHEN count(mark.watermark) = count(m.entity) THEN min(mark.watermark) END AS watermark,
        cast(sum(p.expected) AS BIGINT) AS expected,
        cast(sum(p.seen) AS BIGINT) AS seen,
        cast(sum(p.landed) AS BIGINT) AS landed,
        cast(sum(p.accepted) AS BIGINT) AS accepted,
        cast(sum(p.rejected) AS BIGINT) AS rejected,
        cast(sum(p.repeated) AS BIGINT) AS repeated,
        cast(sum(p.minutes) AS BIGINT) AS minutes,
        cast(sum(p.hours) AS DECIMAL(18, 4)) AS hours,
        max(p.unavailable_reason) AS unavailable_reason
    FROM etl.entity_table m
    LEFT JOIN proof p ON p.entity = m.entity AND p.age = 1
    LEFT JOIN mark ON mark.entity = m.entity AND mark.age = 1
    GROUP BY m.position, m.table_name
)
SELECT
    f.table_name,
    f.entity,
    l.run_id AS last_run_id,
    l.loaded_at,
    f.watermark,
    coalesce(l.live_rows, 0) AS live_rows,
    f.expected,
    f.seen,
    f.unavailable_reason,
    f.position,
    f.landed,
    f.accepted,
    f.rejected,
    f.repeated,
    f.minutes,
    f.hours
FROM feed f
LEFT JOIN loaded l ON l.table_name = f.table_name AND l.age = 1;
