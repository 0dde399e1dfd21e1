-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_custom_field_value] WITH NOCHECK ADD CONSTRAINT [fk_fact_custom_field_value_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_custom_field_value] NOCHECK CONSTRAINT [fk_fact_custom_field_value_card_key];
GO
ALTER TABLE [dw].[fact_custom_field_value] WITH NOCHECK ADD CONSTRAINT [fk_fact_custom_field_value_collection_key] FOREIGN KEY ([collection_key]) REFERENCES [dw].[dim_collection] ([collection_key]);
GO
ALTER TABLE [dw].[fact_custom_field_value] NOCHECK CONSTRAINT [fk_fact_custom_field_value_collection_key];
GO
ALTER TABLE [dw].[fact_custom_field_value] WITH NOCHECK ADD CONSTRAINT [fk_fact_custom_field_value_custom_field_key] FOREIGN KEY ([custom_field_key]) REFERENCES [dw].[dim_custom_field] ([custom_field_key]);
GO
ALTER TABLE [dw].[fact_custom_field_value] NOCHECK CONSTRAINT [fk_fact_custom_field_value_custom_field_key];
