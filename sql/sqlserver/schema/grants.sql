-- What the export needs in its database, and no more. Its owner runs this once, after the first deployment, and adds the account that runs the export:
-- ALTER ROLE [vplan_export] ADD MEMBER [the account]. Who only reads needs SELECT on the schema bi, or on dw for the star itself.
CREATE ROLE [vplan_export];
GO
-- Rows are landed in stg, which is emptied by TRUNCATE TABLE: that asks for ALTER.
GRANT SELECT, INSERT, ALTER ON SCHEMA::[stg] TO [vplan_export];
GO
GRANT SELECT, INSERT, UPDATE ON SCHEMA::[dw] TO [vplan_export];
GO
GRANT SELECT, INSERT, DELETE ON SCHEMA::[etl] TO [vplan_export];
GO
GRANT SELECT ON SCHEMA::[bi] TO [vplan_export];
GO
-- Only where Warehouse:Deploy is true, so that missing tables, columns, views and references are made. CREATE SCHEMA is needed the first time alone.
GRANT CREATE TABLE, CREATE VIEW, CREATE SCHEMA TO [vplan_export];
GO
GRANT ALTER, REFERENCES ON SCHEMA::[dw] TO [vplan_export];
GO
GRANT ALTER ON SCHEMA::[etl] TO [vplan_export];
GO
GRANT ALTER ON SCHEMA::[bi] TO [vplan_export];
GO
