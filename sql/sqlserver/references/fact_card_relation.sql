-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[fact_card_relation] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_relation_card_key] FOREIGN KEY ([card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_card_relation] NOCHECK CONSTRAINT [fk_fact_card_relation_card_key];
GO
ALTER TABLE [dw].[fact_card_relation] WITH NOCHECK ADD CONSTRAINT [fk_fact_card_relation_related_card_key] FOREIGN KEY ([related_card_key]) REFERENCES [dw].[dim_card] ([card_key]);
GO
ALTER TABLE [dw].[fact_card_relation] NOCHECK CONSTRAINT [fk_fact_card_relation_related_card_key];
