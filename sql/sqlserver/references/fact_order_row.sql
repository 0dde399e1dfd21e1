-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_order_row] WITH NOCHECK ADD CONSTRAINT [fk_fact_order_row_order_key] FOREIGN KEY ([order_key]) REFERENCES [dw].[dim_order] ([order_key]);
GO
ALTER TABLE [dw].[fact_order_row] NOCHECK CONSTRAINT [fk_fact_order_row_order_key];
GO
ALTER TABLE [dw].[fact_order_row] WITH NOCHECK ADD CONSTRAINT [fk_fact_order_row_item_key] FOREIGN KEY ([item_key]) REFERENCES [dw].[dim_item] ([item_key]);
GO
ALTER TABLE [dw].[fact_order_row] NOCHECK CONSTRAINT [fk_fact_order_row_item_key];
GO
ALTER TABLE [dw].[fact_order_row] WITH NOCHECK ADD CONSTRAINT [fk_fact_order_row_activity_key] FOREIGN KEY ([activity_key]) REFERENCES [dw].[dim_activity] ([activity_key]);
GO
ALTER TABLE [dw].[fact_order_row] NOCHECK CONSTRAINT [fk_fact_order_row_activity_key];
GO
ALTER TABLE [dw].[fact_order_row] WITH NOCHECK ADD CONSTRAINT [fk_fact_order_row_delivered_date_key] FOREIGN KEY ([delivered_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_order_row] NOCHECK CONSTRAINT [fk_fact_order_row_delivered_date_key];
