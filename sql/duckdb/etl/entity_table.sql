-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Which entity feeds which table of the star; empty for a table that is not read from vPlan.
CREATE OR REPLACE VIEW etl.entity_table AS
SELECT * FROM (VALUES
    (0, 'dim_date', NULL),
    (1, 'dim_board', 'board'),
    (2, 'dim_status', 'board'),
    (3, 'dim_label', 'board'),
    (4, 'dim_space', 'space'),
    (5, 'bridge_space_board', 'space'),
    (6, 'dim_stage', 'stage'),
    (7, 'dim_item', 'item'),
    (8, 'dim_activity', 'activity'),
    (9, 'dim_resource', 'resource'),
    (10, 'dim_group', 'group'),
    (11, 'bridge_group_resource', 'group'),
    (12, 'dim_user', 'user'),
    (13, 'dim_warehouse', 'warehouse'),
    (14, 'dim_project', 'project'),
    (15, 'dim_relation', 'relation'),
    (16, 'dim_order', 'order'),
    (17, 'fact_order_row', 'order'),
    (18, 'dim_collection', 'collection'),
    (19, 'bridge_collection_label', 'collection'),
    (20, 'dim_card', 'card'),
    (21, 'fact_card', 'card'),
    (22, 'fact_card_activity', 'card'),
    (23, 'bridge_card_resource', 'card'),
    (24, 'bridge_card_label', 'card'),
    (25, 'fact_card_relation', 'card_relation'),
    (26, 'fact_time_entry', 'time_tracking')
) AS t(position, table_name, entity);
