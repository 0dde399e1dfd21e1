-- One row per table of the star: how fresh it is, and the proof of its entity's last read. Times are UTC.
CREATE OR REPLACE VIEW bi.freshness AS
WITH loaded AS (
    SELECT t.table_name, t.run_id, l.loaded_at, t.live_rows
    FROM etl.load_table t
    JOIN etl.load l ON l.run_id = t.run_id
    QUALIFY row_number() OVER (PARTITION BY t.table_name ORDER BY l.sequence DESC) = 1
),
proof AS (
    SELECT c.entity, c.expected, c.seen, c.unavailable_reason
    FROM etl.certificate c
    JOIN etl.run r ON r.run_id = c.run_id
    QUALIFY row_number() OVER (PARTITION BY c.entity ORDER BY r.sequence DESC) = 1
),
mark AS (
    SELECT c.entity, c.watermark
    FROM etl.certificate c
    JOIN etl.run r ON r.run_id = c.run_id
    WHERE c.watermark IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY c.entity ORDER BY r.sequence DESC) = 1
)
SELECT
    m.table_name,
    m.entity,
    l.run_id AS last_run_id,
    l.loaded_at,
    mark.watermark,
    coalesce(l.live_rows, 0) AS live_rows,
    p.expected,
    p.seen,
    p.unavailable_reason
FROM etl.entity_table m
LEFT JOIN loaded l ON l.table_name = m.table_name
LEFT JOIN proof p ON p.entity = m.entity
LEFT JOIN mark ON mark.entity = m.entity
ORDER BY m.position;
