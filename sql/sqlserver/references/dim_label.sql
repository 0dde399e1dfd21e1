-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[dim_label] WITH NOCHECK ADD CONSTRAINT [fk_dim_label_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[dim_label] NOCHECK CONSTRAINT [fk_dim_label_board_key];
