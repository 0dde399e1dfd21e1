-- One row per run and entity: the proof that nothing was missed. Times are UTC.
CREATE TABLE IF NOT EXISTS etl.certificate (
    run_id VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    expected BIGINT, -- the API's count; empty where it does not count
    seen BIGINT NOT NULL, -- distinct ids read; records read where the API does not count
    reread BIGINT NOT NULL, -- records that came more than once
    vanished BIGINT NOT NULL, -- ids read that the count no longer has
    window_from TIMESTAMP, -- empty: everything
    window_to TIMESTAMP,
    watermark TIMESTAMP, -- where the next incremental read starts
    pages INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    unavailable_reason VARCHAR -- empty: the entity was read
);
