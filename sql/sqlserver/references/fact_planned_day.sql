-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_planned_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_planned_day_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_planned_day] NOCHECK CONSTRAINT [fk_fact_planned_day_card_key];
GO
ALTER TABLE [dw].[fact_planned_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_planned_day_resource_key] FOREIGN KEY ([resource_key]) REFERENCES [dw].[dim_resource] ([resource_key]);
GO
ALTER TABLE [dw].[fact_planned_day] NOCHECK CONSTRAINT [fk_fact_planned_day_resource_key];
GO
ALTER TABLE [dw].[fact_planned_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_planned_day_activity_key] FOREIGN KEY ([activity_key]) REFERENCES [dw].[dim_activity] ([activity_key]);
GO
ALTER TABLE [dw].[fact_planned_day] NOCHECK CONSTRAINT [fk_fact_planned_day_activity_key];
GO
ALTER TABLE [dw].[fact_planned_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_planned_day_date_key] FOREIGN KEY ([date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_planned_day] NOCHECK CONSTRAINT [fk_fact_planned_day_date_key];
