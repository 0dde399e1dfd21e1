-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_collection_key] FOREIGN KEY ([collection_key]) REFERENCES [dw].[dim_collection] ([collection_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_collection_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_board_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_stage_key] FOREIGN KEY ([stage_key]) REFERENCES [dw].[dim_stage] ([stage_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_stage_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_status_key] FOREIGN KEY ([status_key]) REFERENCES [dw].[dim_status] ([status_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_status_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_start_date_key] FOREIGN KEY ([start_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_start_date_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_end_date_key] FOREIGN KEY ([end_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_end_date_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_due_date_key] FOREIGN KEY ([due_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_due_date_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_completed_date_key] FOREIGN KEY ([completed_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_completed_date_key];
GO
ALTER TABLE [dw].[fact_card] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_created_date_key] FOREIGN KEY ([created_date_key]) REFERENCES [dw].[dim_date] ([date_key]);
GO
ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_created_date_key];
