-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[bridge_card_resource] WITH NOCHECK ADD CONSTRAINT [fk_bridge_card_resource_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[bridge_card_resource] NOCHECK CONSTRAINT [fk_bridge_card_resource_card_key];
GO
ALTER TABLE [dw].[bridge_card_resource] WITH NOCHECK ADD CONSTRAINT [fk_bridge_card_resource_resource_key] FOREIGN KEY ([resource_key]) REFERENCES [dw].[dim_resource] ([resource_key]);
GO
ALTER TABLE [dw].[bridge_card_resource] NOCHECK CONSTRAINT [fk_bridge_card_resource_resource_key];
