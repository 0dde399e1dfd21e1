-- Rows as the last run landed them.
CREATE SCHEMA [stg];
