-- The journal of runs and loads.
CREATE SCHEMA [etl];
