-- One row per run and property that vPlan sent and the catalog does not know: it is not exported.
CREATE TABLE IF NOT EXISTS etl.drift (
    run_id VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    property VARCHAR NOT NULL, -- its place in the record, such as labels[].weight
    seen BIGINT NOT NULL -- how often it came, re-read records included
);
