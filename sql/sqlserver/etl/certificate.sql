-- One row per run and entity: the proof that nothing was missed. Times are UTC.
CREATE TABLE [etl].[certificate] (
    [run_id] nvarchar(40) NOT NULL,
    [entity] nvarchar(50) NOT NULL,
    [expected] bigint NULL, -- the API's count; empty where it does not count
    [seen] bigint NOT NULL, -- distinct ids read; records read where the API does not count
    [reread] bigint NOT NULL, -- records that came more than once
    [vanished] bigint NOT NULL, -- ids read that the count no longer has
    [window_from] datetime2(6) NULL, -- empty: everything
    [window_to] datetime2(6) NULL,
    [watermark] datetime2(6) NULL, -- where the next incremental read starts
    [pages] int NOT NULL,
    [requests] int NOT NULL,
    [unavailable_reason] nvarchar(max) NULL, -- empty: the entity was read
    CONSTRAINT [pk_certificate] PRIMARY KEY ([run_id], [entity])
);
