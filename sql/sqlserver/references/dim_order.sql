-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_project_key] FOREIGN KEY ([project_key]) REFERENCES [dw].[dim_project] ([project_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_project_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_relation_key] FOREIGN KEY ([relation_key]) REFERENCES [dw].[dim_relation] ([relation_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_relation_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_item_key] FOREIGN KEY ([item_key]) REFERENCES [dw].[dim_item] ([item_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_item_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_warehouse_key] FOREIGN KEY ([warehouse_key]) REFERENCES [dw].[dim_warehouse] ([warehouse_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_warehouse_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_collection_key] FOREIGN KEY ([collection_key]) REFERENCES [dw].[dim_collection] ([collection_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_collection_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_board_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_order_date_key] FOREIGN KEY ([order_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_order_date_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_promised_date_key] FOREIGN KEY ([promised_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_promised_date_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_desired_date_key] FOREIGN KEY ([desired_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_desired_date_key];
GO
ALTER TABLE [dw].[dim_order] WITH NOCHECK ADD CONSTRAINT [fk_dim_order_delivered_date_key] FOREIGN KEY ([delivered_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_order] NOCHECK CONSTRAINT [fk_dim_order_delivered_date_key];
