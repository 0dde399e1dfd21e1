-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_card_key];
GO
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_changed_on_key] FOREIGN KEY ([changed_on_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_changed_on_key];
GO
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_old_stage_key] FOREIGN KEY ([old_stage_key]) REFERENCES [dw].[dim_stage] ([stage_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_old_stage_key];
GO
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_new_stage_key] FOREIGN KEY ([new_stage_key]) REFERENCES [dw].[dim_stage] ([stage_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_new_stage_key];
GO
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_old_status_key] FOREIGN KEY ([old_status_key]) REFERENCES [dw].[dim_status] ([status_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_old_status_key];
GO
ALTER TABLE [dw].[fact_plan_change] WITH NOCHECK ADD CONSTRAINT [fk_fact_plan_change_new_status_key] FOREIGN KEY ([new_status_key]) REFERENCES [dw].[dim_status] ([status_key]);
GO
ALTER TABLE [dw].[fact_plan_change] NOCHECK CONSTRAINT [fk_fact_plan_change_new_status_key];
