-- One row per run and table: what the run did to it, in rows.
CREATE TABLE IF NOT EXISTS etl.load_table (
    run_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    position INTEGER NOT NULL, -- order in the run
    staged BIGINT NOT NULL,
    inserted BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    live_rows BIGINT NOT NULL, -- after the run: not deleted, not inferred, not the unknown member
    minutes BIGINT, -- of the staged rows; the same in stg and in dw
    hours DECIMAL(18, 4)
);
