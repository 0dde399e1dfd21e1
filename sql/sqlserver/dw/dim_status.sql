-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per status of a board.
CREATE TABLE [dw].[dim_status] (
    [status_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [status_id] nvarchar(36) NULL, -- vPlan's id.
    [board_key] bigint NOT NULL, -- The board the status belongs to.
    [name] nvarchar(255) NULL, -- Name of the status.
    [color] nvarchar(50) NULL, -- Colour of the status.
    [sequence] int NULL, -- Order on the board, from 0.
    [is_entry] bit NULL, -- The status a card starts in.
    [is_exit] bit NULL, -- The status of a finished card.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_status] PRIMARY KEY CLUSTERED ([status_key])
);
