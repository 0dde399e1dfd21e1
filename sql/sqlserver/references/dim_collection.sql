-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_board_key];
GO
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_order_key] FOREIGN KEY ([order_key]) REFERENCES [dw].[dim_order] ([order_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_order_key];
GO
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_start_date_key] FOREIGN KEY ([start_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_start_date_key];
GO
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_end_date_key] FOREIGN KEY ([end_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_end_date_key];
GO
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_due_date_key] FOREIGN KEY ([due_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_due_date_key];
GO
ALTER TABLE [dw].[dim_collection] WITH NOCHECK ADD CONSTRAINT [fk_dim_collection_created_date_key] FOREIGN KEY ([created_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_collection] NOCHECK CONSTRAINT [fk_dim_collection_created_date_key];
