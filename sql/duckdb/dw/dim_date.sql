-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per day, from 1 January of the oldest year seen to 31 December two years ahead.
CREATE TABLE IF NOT EXISTS dw.dim_date (
    date_key INTEGER NOT NULL, -- yyyymmdd; -1 is unknown.
    date DATE, -- The day.
    year INTEGER, -- Calendar year.
    quarter INTEGER, -- Calendar quarter, 1 to 4.
    month INTEGER, -- Month, 1 to 12.
    month_name VARCHAR, -- Name of the month, in Calendar:Language.
    year_month VARCHAR, -- Such as 2026-10.
    fiscal_year INTEGER, -- Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts.
    fiscal_quarter INTEGER, -- Quarter of the fiscal year, 1 to 4.
    fiscal_month INTEGER, -- Month of the fiscal year, 1 to 12.
    iso_year INTEGER, -- Year of the ISO week.
    iso_week INTEGER, -- ISO week, 1 to 53.
    iso_year_week VARCHAR, -- Such as 2026-W41.
    weekday INTEGER, -- 1 is Monday.
    weekday_name VARCHAR, -- Name of the weekday, in Calendar:Language.
    is_weekend BOOLEAN, -- Saturday or Sunday.
    is_holiday BOOLEAN, -- A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it.
    holiday_name VARCHAR, -- Name of the holiday: of the file, or in Calendar:Language.
    day_offset INTEGER, -- Days from today; 0 is today.
    week_offset INTEGER, -- ISO weeks from this week.
    month_offset INTEGER, -- Months from this month.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
