-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_activity] WITH NOCHECK ADD CONSTRAINT [fk_dim_activity_item_key] FOREIGN KEY ([item_key]) REFERENCES [dw].[dim_item] ([item_key]);
GO
ALTER TABLE [dw].[dim_activity] NOCHECK CONSTRAINT [fk_dim_activity_item_key];
