-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per stage of a board.
CREATE OR REPLACE VIEW stg.dim_stage AS SELECT
    CAST(NULL AS BIGINT) AS stage_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS stage_id, -- vPlan's id.
    CAST(NULL AS BIGINT) AS board_key, -- The board the stage belongs to.
    CAST(NULL AS VARCHAR) AS name, -- Name of the process step.
    CAST(NULL AS INTEGER) AS sequence, -- Order on the board, from 0.
    CAST(NULL AS BOOLEAN) AS has_capacity_notification, -- The stage warns about its load.
    CAST(NULL AS INTEGER) AS capacity_notification_min, -- Lower end of the load band.
    CAST(NULL AS INTEGER) AS capacity_notification_max, -- Upper end of the load band.
    CAST(NULL AS INTEGER) AS delay_days, -- Gap to the next stage when planning.
    CAST(NULL AS INTEGER) AS efficiency_percent, -- 100 is normal.
    CAST(NULL AS INTEGER) AS default_percent, -- Share of a resource that is given to the stage.
    CAST(NULL AS BOOLEAN) AS is_independent, -- The stage is planned apart from the others.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
