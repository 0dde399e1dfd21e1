-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_resource] WITH NOCHECK ADD CONSTRAINT [fk_dim_resource_start_date_key] FOREIGN KEY ([start_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_resource] NOCHECK CONSTRAINT [fk_dim_resource_start_date_key];
GO
ALTER TABLE [dw].[dim_resource] WITH NOCHECK ADD CONSTRAINT [fk_dim_resource_end_date_key] FOREIGN KEY ([end_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_resource] NOCHECK CONSTRAINT [fk_dim_resource_end_date_key];
GO
ALTER TABLE [dw].[dim_resource] WITH NOCHECK ADD CONSTRAINT [fk_dim_resource_workdays_start_date_key] FOREIGN KEY ([workdays_start_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[dim_resource] NOCHECK CONSTRAINT [fk_dim_resource_workdays_start_date_key];
