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
    [landed] bigint NULL, -- records on the landed pages; landed = accepted + rejected + repeated
    [rejected] bigint NULL, -- records that broke the row contract, in the quarantine
    [repeated] bigint NULL, -- records that came again
    [accepted] bigint NULL, -- rows of the entity's first table that vPlan sent; accepted + added = filed = staged = merged
    [added] bigint NULL, -- rows that were made or brought along
    [filed] bigint NULL, -- rows read back from the row files
    [staged] bigint NULL, -- rows in stg
    [merged] bigint NULL, -- rows in dw, of those in stg
    [minutes_accepted] bigint NULL, -- sums over all tables of the entity
    [minutes_added] bigint NULL,
    [minutes_filed] bigint NULL,
    [minutes_staged] bigint NULL,
    [minutes_merged] bigint NULL,
    [hours_accepted] decimal(18,4) NULL,
    [hours_added] decimal(18,4) NULL,
    [hours_filed] decimal(18,4) NULL,
    [hours_staged] decimal(18,4) NULL,
    [hours_merged] decimal(18,4) NULL,
    CONSTRAINT [pk_certificate] PRIMARY KEY ([run_id], [entity])
);
