-- The journal: a run that is here has been applied, in the transaction that wrote this row.
CREATE TABLE IF NOT EXISTS etl.load (
    run_id VARCHAR NOT NULL,
    sequence BIGINT NOT NULL,
    loaded_at TIMESTAMP NOT NULL -- UTC
);
