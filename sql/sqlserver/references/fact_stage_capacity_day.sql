-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_stage_capacity_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_stage_capacity_day_stage_key] FOREIGN KEY ([stage_key]) REFERENCES [dw].[dim_stage] ([stage_key]);
GO
ALTER TABLE [dw].[fact_stage_capacity_day] NOCHECK CONSTRAINT [fk_fact_stage_capacity_day_stage_key];
GO
ALTER TABLE [dw].[fact_stage_capacity_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_stage_capacity_day_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[fact_stage_capacity_day] NOCHECK CONSTRAINT [fk_fact_stage_capacity_day_board_key];
GO
ALTER TABLE [dw].[fact_stage_capacity_day] WITH NOCHECK ADD CONSTRAINT [fk_fact_stage_capacity_day_date_key] FOREIGN KEY ([date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_stage_capacity_day] NOCHECK CONSTRAINT [fk_fact_stage_capacity_day_date_key];
