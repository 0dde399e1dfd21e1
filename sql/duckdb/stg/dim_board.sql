-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board.
CREATE OR REPLACE VIEW stg.dim_board AS SELECT
    CAST(NULL AS BIGINT) AS board_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS board_id, -- vPlan's id.
    CAST(NULL AS VARCHAR) AS name, -- Name of the board.
    CAST(NULL AS VARCHAR) AS color, -- Colour of the board.
    CAST(NULL AS VARCHAR) AS capacity_method, -- Which card time counts as load: estimated_time, remaining_time or none.
    CAST(NULL AS VARCHAR) AS visibility, -- everyone or restricted.
    CAST(NULL AS VARCHAR) AS dependency_behavior, -- What moving a card does to the cards that depend on it: notify, push or maintain.
    CAST(NULL AS BOOLEAN) AS splits_cards_by_activity, -- A planned collection yields a card per activity.
    CAST(NULL AS BOOLEAN) AS has_own_backlog, -- The board keeps its own backlog.
    CAST(NULL AS BOOLEAN) AS works_monday, -- Monday is a workday.
    CAST(NULL AS BOOLEAN) AS works_tuesday, -- Tuesday is a workday.
    CAST(NULL AS BOOLEAN) AS works_wednesday, -- Wednesday is a workday.
    CAST(NULL AS BOOLEAN) AS works_thursday, -- Thursday is a workday.
    CAST(NULL AS BOOLEAN) AS works_friday, -- Friday is a workday.
    CAST(NULL AS BOOLEAN) AS works_saturday, -- Saturday is a workday.
    CAST(NULL AS BOOLEAN) AS works_sunday, -- Sunday is a workday.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS TIMESTAMP) AS archived_at, -- When the board was archived.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
