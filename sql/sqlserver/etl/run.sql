-- One row per run that reached the warehouse. Times are UTC.
CREATE TABLE [etl].[run] (
    [run_id] nvarchar(40) NOT NULL,
    [sequence] bigint NOT NULL,
    [kind] nvarchar(20) NOT NULL,
    [status] nvarchar(20) NOT NULL,
    [started_at] datetime2(6) NOT NULL,
    [finished_at] datetime2(6) NOT NULL,
    [requests] bigint NOT NULL,
    [rejected_rows] bigint NOT NULL,
    [environment_id] nvarchar(100) NULL, -- whose data it brought, as VPlan:ApiEnv has it; empty for a run of an earlier version
    [environment_name] nvarchar(400) NULL, -- empty where vPlan does not say
    [extract_seconds] float NULL, -- empty for a run of an earlier version, and where an earlier start has finished the phase
    [transform_seconds] float NULL,
    [derive_seconds] float NULL,
    [publish_seconds] float NULL,
    [load_seconds] float NULL,
    [backlog_hours] float NULL, -- of bi.backlog_hours, as the run left them; empty for a run of an earlier version
    [approval_hours] float NULL, -- with the status pending in bi.approval_backlog
    CONSTRAINT [pk_run] PRIMARY KEY ([run_id])
);
