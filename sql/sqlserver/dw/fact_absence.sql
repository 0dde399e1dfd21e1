-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per leave or absence of a resource.
CREATE TABLE [dw].[fact_absence] (
    [absence_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [absence_id] nvarchar(36) NULL, -- vPlan's id.
    [resource_key] bigint NOT NULL, -- The resource.
    [absence_type] nvarchar(50) NULL, -- leave, holiday, other, maintenance or malfunction.
    [start_date] date NULL, -- First day.
    [start_date_key] int NOT NULL, -- First day, as yyyymmdd; -1 when empty.
    [end_date] date NULL, -- Last day, included.
    [end_date_key] int NOT NULL, -- Last day, included, as yyyymmdd; -1 when empty.
    [minutes_per_day] bigint NULL, -- Minutes of absence a day; 0 can mean whole days.
    [description] nvarchar(255) NULL, -- Description.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_absence] PRIMARY KEY CLUSTERED ([absence_key])
);
