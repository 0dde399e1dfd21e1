-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_user] WITH NOCHECK ADD CONSTRAINT [fk_dim_user_resource_key] FOREIGN KEY ([resource_key]) REFERENCES [dw].[dim_resource] ([resource_key]);
GO
ALTER TABLE [dw].[dim_user] NOCHECK CONSTRAINT [fk_dim_user_resource_key];
