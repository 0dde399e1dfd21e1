-- The star.
CREATE SCHEMA [dw];
