-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_card_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_collection_key] FOREIGN KEY ([collection_key]) REFERENCES [dw].[dim_collection] ([collection_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_collection_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_board_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_activity_key] FOREIGN KEY ([activity_key]) REFERENCES [dw].[dim_activity] ([activity_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_activity_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_user_key] FOREIGN KEY ([user_key]) REFERENCES [dw].[dim_user] ([user_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_user_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_resource_key] FOREIGN KEY ([resource_key]) REFERENCES [dw].[dim_resource] ([resource_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_resource_key];
GO
ALTER TABLE [dw].[fact_time_entry] WITH NOCHECK ADD CONSTRAINT [fk_fact_time_entry_work_date_key] FOREIGN KEY ([work_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_time_entry] NOCHECK CONSTRAINT [fk_fact_time_entry_work_date_key];
