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
    environment_name VARCHAR, -- empty where vPlan does not say
    extract_seconds DOUBLE, -- empty for a run of an earlier version, and where an earlier start has finished the phase
    transform_seconds DOUBLE,
    derive_seconds DOUBLE,
    publish_seconds DOUBLE,
    load_seconds DOUBLE,
    backlog_hours DOUBLE, -- of bi.backlog_hours, as the run left them; empty for a run of an earlier version
    approval_hours DOUBLE -- with the status pending in bi.approval_backlog
);
