-- What the export needs in its database, and no more. Its owner runs the four files beside this one, then this one, once, and adds the account that
-- runs the export: ALTER ROLE [vplan_export] ADD MEMBER [the account]. Everything else the account then makes itself.
CREATE ROLE [vplan_export];
GO
-- Rows are landed in stg, which is emptied by TRUNCATE TABLE: that asks for ALTER. By VIEW DEFINITION the export knows its own tables from others.
GRANT SELECT, INSERT, ALTER, VIEW DEFINITION ON SCHEMA::[stg] TO [vplan_export];
GO
-- DELETE is for a rollback.
GRANT SELECT, INSERT, UPDATE, DELETE, VIEW DEFINITION ON SCHEMA::[dw] TO [vplan_export];
GO
GRANT SELECT, INSERT, DELETE, VIEW DEFINITION ON SCHEMA::[etl] TO [vplan_export];
GO
GRANT SELECT, VIEW DEFINITION ON SCHEMA::[bi] TO [vplan_export];
GO
-- Only where Warehouse:Deploy is true, so that missing tables, columns, views, references and marks of ownership are made.
GRANT CREATE TABLE, CREATE VIEW TO [vplan_export];
GO
GRANT ALTER, REFERENCES ON SCHEMA::[dw] TO [vplan_export];
GO
GRANT ALTER ON SCHEMA::[etl] TO [vplan_export];
GO
GRANT ALTER ON SCHEMA::[bi] TO [vplan_export];
GO
-- Who only reads: ALTER ROLE [vplan_reader] ADD MEMBER [the reader]. In bi are the views for people and a view of each table of the star.
CREATE ROLE [vplan_reader];
GO
GRANT SELECT ON SCHEMA::[bi] TO [vplan_reader];
