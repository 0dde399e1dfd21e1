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
    unavailable_reason VARCHAR, -- empty: the entity was read
    landed BIGINT, -- records on the landed pages; landed = accepted + rejected + repeated
    rejected BIGINT, -- records that broke the row contract, in the quarantine
    repeated BIGINT, -- records that came again
    accepted BIGINT, -- rows of the entity's first table that vPlan sent; accepted + added = filed = staged = merged
    added BIGINT, -- rows that were made or brought along
    filed BIGINT, -- rows read back from the row files
    staged BIGINT, -- rows in stg
    merged BIGINT, -- rows in dw, of those in stg
    minutes_accepted BIGINT, -- sums over all tables of the entity
    minutes_added BIGINT,
    minutes_filed BIGINT,
    minutes_staged BIGINT,
    minutes_merged BIGINT,
    hours_accepted DECIMAL(18, 4),
    hours_added DECIMAL(18, 4),
    hours_filed DECIMAL(18, 4),
    hours_staged DECIMAL(18, 4),
    hours_merged DECIMAL(18, 4)
);
