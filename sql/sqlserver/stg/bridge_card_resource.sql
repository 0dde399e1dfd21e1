-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per resource assigned to a card.
CREATE TABLE [stg].[bridge_card_resource] (
    [card_resource_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [card_key] bigint NOT NULL, -- The record that lists the element.
    [resource_key] bigint NOT NULL, -- The resource.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
