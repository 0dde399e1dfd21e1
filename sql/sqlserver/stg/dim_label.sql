-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per label of a board.
CREATE TABLE [stg].[dim_label] (
    [label_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [label_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the label belongs to.
    [name] nvarchar(255) NULL, -- Text of the label.
    [color] nvarchar(50) NULL, -- Colour of the label.
    [sequence] int NULL, -- Order on the board, from 0.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL -- Hash of the row's values, by which a load finds the rows that changed.
);
