-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Marks what is the export's: what bears no mark is somebody else's, and is neither changed nor emptied. Run when all tables and views are there.
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_date';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_date';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_status';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_status';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_custom_field';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_custom_field';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_space';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_space';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'bridge_space_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'bridge_space_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_stage';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_stage';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_item';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_item';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_group';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_group';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'bridge_group_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'bridge_group_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_user';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_user';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_warehouse';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_warehouse';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_project';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_project';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_order';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_order';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_order_row';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_order_row';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_collection';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_collection';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_collection_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_collection_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'bridge_collection_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'bridge_collection_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_custom_field_value';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_custom_field_value';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'dim_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'dim_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_card_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_card_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'bridge_card_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'bridge_card_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'bridge_card_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'bridge_card_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_card_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_card_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_time_entry';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_time_entry';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_resource_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_resource_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_absence';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_absence';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_stage_capacity_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_stage_capacity_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_planned_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_planned_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'hist_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'hist_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'fact_plan_change';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'dw', @level1type = N'TABLE', @level1name = N'fact_plan_change';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'certificate';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'definition';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'drift';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'VIEW', @level1name = N'entity_table';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'stg', @level1type = N'TABLE', @level1name = N'listed_key';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'load';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'load_table';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'etl', @level1type = N'TABLE', @level1name = N'run';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'approval_backlog';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'backlog_hours';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'billable';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'delivery';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'freshness';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'plan_slip';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'planned_vs_actual';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'productivity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'stage_load';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'throughput_week';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'time_entry';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'utilisation_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'work_in_progress';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_date';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_status';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_custom_field';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_space';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'bridge_space_board';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_stage';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_item';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_group';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'bridge_group_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_user';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_warehouse';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_project';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_order';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_order_row';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_collection';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_collection_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'bridge_collection_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_custom_field_value';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'dim_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_card_activity';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'bridge_card_resource';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'bridge_card_label';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_card_relation';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_time_entry';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_resource_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_absence';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_stage_capacity_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_planned_day';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'hist_card';
GO
EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type = N'SCHEMA', @level0name = N'bi', @level1type = N'VIEW', @level1name = N'fact_plan_change';
