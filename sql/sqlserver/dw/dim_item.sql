-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per item.
CREATE TABLE [dw].[dim_item] (
    [item_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [item_id] nvarchar(36) NULL, -- vPlan's id.
    [code] nvarchar(50) NULL, -- Code.
    [description] nvarchar(150) NULL, -- Description.
    [item_type] nvarchar(50) NULL, -- Type, as the source system names it.
    [unit] nvarchar(50) NULL, -- Unit it is counted in.
    [note] nvarchar(max) NULL, -- Note.
    [location] nvarchar(255) NULL, -- Where it is stored.
    [has_stock_management] bit NULL, -- Its stock is managed.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_item] PRIMARY KEY CLUSTERED ([item_key])
);
