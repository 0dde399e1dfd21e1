-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage of a board.
CREATE TABLE IF NOT EXISTS dw.dim_stage (
    stage_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    stage_id VARCHAR, -- vPlan's id.
    board_key BIGINT NOT NULL, -- The board the stage belongs to.
    name VARCHAR, -- Name of the process step.
    sequence INTEGER, -- Order on the board, from 0.
    has_capacity_notification BOOLEAN, -- The stage warns about its load.
    capacity_notification_min INTEGER, -- Lower end of the load band.
    capacity_notification_max INTEGER, -- Upper end of the load band.
    delay_days INTEGER, -- Gap to the next stage when planning.
    efficiency_percent INTEGER, -- 100 is normal.
    default_percent INTEGER, -- Share of a resource that is given to the stage.
    is_independent BOOLEAN, -- The stage is planned apart from the others.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
