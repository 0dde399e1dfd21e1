-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[hist_card] WITH NOCHECK ADD CONSTRAINT [fk_hist_card_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[hist_card] NOCHECK CONSTRAINT [fk_hist_card_card_key];
GO
ALTER TABLE [dw].[hist_card] WITH NOCHECK ADD CONSTRAINT [fk_hist_card_stage_key] FOREIGN KEY ([stage_key]) REFERENCES [dw].[dim_stage] ([stage_key]);
GO
ALTER TABLE [dw].[hist_card] NOCHECK CONSTRAINT [fk_hist_card_stage_key];
GO
ALTER TABLE [dw].[hist_card] WITH NOCHECK ADD CONSTRAINT [fk_hist_card_status_key] FOREIGN KEY ([status_key]) REFERENCES [dw].[dim_status] ([status_key]);
GO
ALTER TABLE [dw].[hist_card] NOCHECK CONSTRAINT [fk_hist_card_status_key];
