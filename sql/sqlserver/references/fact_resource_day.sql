-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_resource_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_resource_day_resource_key] FOREIGN KEY ([resource_key]) REFERENCES [dw].[dim_resource] ([resource_key]);
GO
ALTER TABLE [dw].[fact_resource_day] NOCHECK CONSTRAINT [fk_fact_resource_day_resource_key];
GO
ALTER TABLE [dw].[fact_resource_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_resource_day_date_key] FOREIGN KEY ([date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_resource_day] NOCHECK CONSTRAINT [fk_fact_resource_day_date_key];
