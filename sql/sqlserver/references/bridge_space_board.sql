-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- Declared, so that Power BI finds the relationships, and switched off: every load checks all references itself. Run when all tables are there.
ALTER TABLE [dw].[bridge_space_board] WITH NOCHECK ADD CONSTRAINT [fk_bridge_space_board_space_key] FOREIGN KEY ([space_key]) REFERENCES [dw].[dim_space] ([space_key]);
GO
ALTER TABLE [dw].[bridge_space_board] NOCHECK CONSTRAINT [fk_bridge_space_board_space_key];
GO
ALTER TABLE [dw].[bridge_space_board] WITH NOCHECK ADD CONSTRAINT [fk_bridge_space_board_board_key] FOREIGN KEY ([board_key]) REFERENCES [dw].[dim_board] ([board_key]);
GO
ALTER TABLE [dw].[bridge_space_board] NOCHECK CONSTRAINT [fk_bridge_space_board_board_key];
