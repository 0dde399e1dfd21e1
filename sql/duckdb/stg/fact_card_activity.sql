-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per activity on a card.
CREATE OR REPLACE VIEW stg.fact_card_activity AS SELECT
    CAST(NULL AS BIGINT) AS card_activity_key, -- Key of the link: hash of both ids.
    CAST(NULL AS BIGINT) AS card_key, -- The record that lists the element.
    CAST(NULL AS BIGINT) AS activity_key, -- The activity.
    CAST(NULL AS INTEGER) AS position, -- Order on the card.
    CAST(NULL AS BIGINT) AS planned_minutes, -- Planned time.
    CAST(NULL AS BIGINT) AS remaining_minutes, -- Time left.
    CAST(NULL AS BIGINT) AS original_minutes, -- First planned time.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
