-- One row per run that reached the warehouse. Times are UTC.
CREATE TABLE IF NOT EXISTS etl.run (
    run_id VARCHAR NOT NULL,
    sequence BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    requests BIGINT NOT NULL,
    rejected_rows BIGINT NOT NULL,
    environment_id VARCHAR, -- whose data it brought, as VPlan:ApiEnv has it; empty for a run of an earlier version
    environment_name VARCHAR -- empty where vPlan does not say
);
