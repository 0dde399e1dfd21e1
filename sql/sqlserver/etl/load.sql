-- The journal: a run that is here has been applied, in the transaction that wrote this row.
CREATE TABLE [etl].[load] (
    [run_id] nvarchar(40) NOT NULL,
    [sequence] bigint NOT NULL,
    [loaded_at] datetime2(6) NOT NULL, -- UTC
    CONSTRAINT [pk_load] PRIMARY KEY ([run_id])
);
