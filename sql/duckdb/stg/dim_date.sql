-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per day, from 1 January of the oldest year seen to 31 December two years ahead.
CREATE OR REPLACE VIEW stg.dim_date AS SELECT
    CAST(NULL AS INTEGER) AS date_key, -- yyyymmdd; -1 is unknown.
    CAST(NULL AS DATE) AS date, -- The day.
    CAST(NULL AS INTEGER) AS year, -- Calendar year.
    CAST(NULL AS INTEGER) AS quarter, -- Calendar quarter, 1 to 4.
    CAST(NULL AS INTEGER) AS month, -- Month, 1 to 12.
    CAST(NULL AS VARCHAR) AS month_name, -- Name of the month, in Calendar:Language.
    CAST(NULL AS VARCHAR) AS year_month, -- Such as 2026-10.
    CAST(NULL AS INTEGER) AS fiscal_year, -- Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts.
    CAST(NULL AS INTEGER) AS fiscal_quarter, -- Quarter of the fiscal year, 1 to 4.
    CAST(NULL AS INTEGER) AS fiscal_month, -- Month of the fiscal year, 1 to 12.
    CAST(NULL AS INTEGER) AS iso_year, -- Year of the ISO week.
    CAST(NULL AS INTEGER) AS iso_week, -- ISO week, 1 to 53.
    CAST(NULL AS VARCHAR) AS iso_year_week, -- Such as 2026-W41.
    CAST(NULL AS INTEGER) AS weekday, -- 1 is Monday.
    CAST(NULL AS VARCHAR) AS weekday_name, -- Name of the weekday, in Calendar:Language.
    CAST(NULL AS BOOLEAN) AS is_weekend, -- Saturday or Sunday.
    CAST(NULL AS BOOLEAN) AS is_holiday, -- A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it.
    CAST(NULL AS VARCHAR) AS holiday_name, -- Name of the holiday: of the file, or in Calendar:Language.
    CAST(NULL AS INTEGER) AS day_offset, -- Days from today; 0 is today.
    CAST(NULL AS INTEGER) AS week_offset, -- ISO weeks from this week.
    CAST(NULL AS INTEGER) AS month_offset, -- Months from this month.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
