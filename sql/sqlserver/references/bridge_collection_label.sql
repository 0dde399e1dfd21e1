-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[bridge_collection_label] WITH NOCHECK ADD CONSTRAINT [fk_bridge_collection_label_collection_key] FOREIGN KEY ([collection_key]) REFERENCES [dw].[dim_collection] ([collection_key]);
GO
ALTER TABLE [dw].[bridge_collection_label] NOCHECK CONSTRAINT [fk_bridge_collection_label_collection_key];
GO
ALTER TABLE [dw].[bridge_collection_label] WITH NOCHECK ADD CONSTRAINT [fk_bridge_collection_label_label_key] FOREIGN KEY ([label_key]) REFERENCES [dw].[dim_label] ([label_key]);
GO
ALTER TABLE [dw].[bridge_collection_label] NOCHECK CONSTRAINT [fk_bridge_collection_label_label_key];
