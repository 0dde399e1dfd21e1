-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board.
CREATE TABLE IF NOT EXISTS dw.dim_board (
    board_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    board_id VARCHAR, -- vPlan's id.
    name VARCHAR, -- Name of the board.
    color VARCHAR, -- Colour of the board.
    capacity_method VARCHAR, -- Which card time counts as load: estimated_time, remaining_time or none.
    visibility VARCHAR, -- everyone or restricted.
    dependency_behavior VARCHAR, -- What moving a card does to the cards that depend on it: notify, push or maintain.
    splits_cards_by_activity BOOLEAN, -- A planned collection yields a card per activity.
    has_own_backlog BOOLEAN, -- The board keeps its own backlog.
    works_monday BOOLEAN, -- Monday is a workday.
    works_tuesday BOOLEAN, -- Tuesday is a workday.
    works_wednesday BOOLEAN, -- Wednesday is a workday.
    works_thursday BOOLEAN, -- Thursday is a workday.
    works_friday BOOLEAN, -- Friday is a workday.
    works_saturday BOOLEAN, -- Saturday is a workday.
    works_sunday BOOLEAN, -- Sunday is a workday.
    external_ref VARCHAR, -- Id in the source system.
    archived_at TIMESTAMP, -- When the board was archived.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
