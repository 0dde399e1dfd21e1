-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Which entity feeds which table of the star; empty for a table that is not read from vPlan.
CREATE OR REPLACE VIEW etl.entity_table AS
SELECT * FROM (VALUES
    (0, 'dim_date', NULL),
    (1, 'dim_board', 'board'),
    (2, 'dim_status', 'board'),
    (3, 'dim_label', 'board'),
    (4, 'dim_stage', 'stage'),
    (5, 'dim_activity', 'activity'),
    (6, 'dim_resource', 'resource'),
    (7, 'dim_user', 'user'),
    (8, 'dim_collection', 'collection'),
    (9, 'bridge_collection_label', 'collection'),
    (10, 'dim_card', 'card'),
    (11, 'fact_card', 'card'),
    (12, 'fact_card_activity', 'card'),
    (13, 'bridge_card_resource', 'card'),
    (14, 'bridge_card_label', 'card'),
    (15, 'fact_time_entry', 'time_tracking')
) AS t(position, table_name, entity);
