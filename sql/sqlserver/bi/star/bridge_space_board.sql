-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per board in a space. The view shows living rows only.
CREATE VIEW bi.bridge_space_board AS
SELECT
    [space_board_key],
    [space_key],
    [board_key],
    [source_created_at],
    [source_updated_at]
FROM dw.bridge_space_board
WHERE coalesce(is_deleted, 0) = 0;
