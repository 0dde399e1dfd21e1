-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, resource, activity and day with planned minutes; they add up to the card's.
CREATE TABLE IF NOT EXISTS dw.fact_planned_day (
    planned_day_key BIGINT NOT NULL, -- Surrogate key: a hash of what the row stands for.
    card_key BIGINT NOT NULL, -- The card.
    resource_key BIGINT NOT NULL, -- One of the card's resources of the activity's type; unknown where none of them is.
    activity_key BIGINT NOT NULL, -- The activity.
    date DATE, -- The day.
    date_key INTEGER NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    planned_minutes BIGINT, -- Planned time on that day.
    is_estimate BOOLEAN, -- Always true: vPlan does not say what is planned on which day.
    method VARCHAR, -- The days it is spread over: resource_workdays (the board's workdays on which the resource has hours, and those that its schedule does not reach), board_workdays, all_days, or start_day for plans of more than three years.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
