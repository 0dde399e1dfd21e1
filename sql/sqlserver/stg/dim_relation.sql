-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per customer or supplier.
CREATE TABLE [stg].[dim_relation] (
    [relation_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [relation_id] nvarchar(36) NULL, -- vPlan's id.
    [name] nvarchar(100) NULL, -- Name.
    [description] nvarchar(150) NULL, -- Description.
    [relation_type] nvarchar(255) NULL, -- Free text, such as customer or supplier.
    [note] nvarchar(max) NULL, -- Note.
    [phone] nvarchar(25) NULL, -- Telephone number.
    [fax] nvarchar(25) NULL, -- Fax number.
    [email] nvarchar(254) NULL, -- E-mail address.
    [website] nvarchar(512) NULL, -- Website.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
