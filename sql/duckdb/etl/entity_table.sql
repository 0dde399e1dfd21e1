-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Which entity feeds which table of the star; empty for a table that is not read from vPlan.
CREATE OR REPLACE VIEW etl.entity_table AS
SELECT * FROM (VALUES
    (0, 'dim_date', NULL),
    (1, 'dim_board', 'board'),
    (2, 'dim_status', 'board'),
    (3, 'dim_label', 'board'),
    (4, 'dim_custom_field', 'board'),
    (5, 'dim_space', 'space'),
    (6, 'bridge_space_board', 'space'),
    (7, 'dim_stage', 'stage'),
    (8, 'dim_item', 'item'),
    (9, 'dim_activity', 'activity'),
    (10, 'dim_resource', 'resource'),
    (11, 'dim_group', 'group'),
    (12, 'bridge_group_resource', 'group'),
    (13, 'dim_user', 'user'),
    (14, 'dim_warehouse', 'warehouse'),
    (15, 'dim_project', 'project'),
    (16, 'dim_relation', 'relation'),
    (17, 'dim_order', 'order'),
    (18, 'fact_order_row', 'order'),
    (19, 'dim_collection', 'collection'),
    (20, 'bridge_collection_label', 'collection'),
    (21, 'fact_custom_field_value', 'collection'),
    (22, 'dim_card', 'card'),
    (23, 'fact_card', 'card'),
    (24, 'fact_card_activity', 'card'),
    (25, 'bridge_card_resource', 'card'),
    (26, 'bridge_card_label', 'card'),
    (27, 'fact_card_relation', 'card_relation'),
    (28, 'fact_time_entry', 'time_tracking')
) AS t(position, table_name, entity);
