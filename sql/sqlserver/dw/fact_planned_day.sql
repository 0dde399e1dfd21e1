-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per card, resource, activity and day with planned minutes; they add up to the card's.
CREATE TABLE [dw].[fact_planned_day] (
    [planned_day_key] bigint NOT NULL, -- Surrogate key: a hash of what the row stands for.
    [card_key] bigint NOT NULL, -- The card.
    [resource_key] bigint NOT NULL, -- One of the card's resources of the activity's type; unknown where none of them is.
    [activity_key] bigint NOT NULL, -- The activity.
    [date] date NULL, -- The day.
    [date_key] int NOT NULL, -- The day, as yyyymmdd; -1 when empty.
    [planned_minutes] bigint NULL, -- Planned time on that day.
    [is_estimate] bit NULL, -- Always true: vPlan does not say what is planned on which day.
    [method] nvarchar(20) NULL, -- The days it is spread over: resource_workdays (the board's workdays on which the resource has hours, and those that its schedule does not reach), board_workdays, all_days, or start_day for plans of more than three years.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_planned_day] PRIMARY KEY NONCLUSTERED ([planned_day_key])
);
GO
CREATE CLUSTERED COLUMNSTORE INDEX [cci_fact_planned_day] ON [dw].[fact_planned_day];
