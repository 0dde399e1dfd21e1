-- One row per run and table: what the run did to it, in rows.
CREATE TABLE [etl].[load_table] (
    [run_id] nvarchar(40) NOT NULL,
    [table_name] nvarchar(128) NOT NULL,
    [position] int NOT NULL, -- order in the run
    [staged] bigint NOT NULL,
    [inserted] bigint NOT NULL,
    [changed] bigint NOT NULL,
    [unchanged] bigint NOT NULL,
    [deleted] bigint NOT NULL,
    [live_rows] bigint NOT NULL, -- after the run: not deleted, not inferred, not the unknown member
    [minutes] bigint NULL, -- of the staged rows; the same in stg and in dw
    [hours] decimal(18,4) NULL,
    CONSTRAINT [pk_load_table] PRIMARY KEY ([run_id], [table_name])
);
