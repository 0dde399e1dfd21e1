-- One row per run and property that vPlan sent and the catalog does not know: it is not exported.
CREATE TABLE [etl].[drift] (
    [run_id] nvarchar(40) NOT NULL,
    [entity] nvarchar(50) NOT NULL,
    [property] nvarchar(max) NOT NULL, -- its place in the record, such as labels[].weight
    [seen] bigint NOT NULL -- how often it came, re-read records included
);
