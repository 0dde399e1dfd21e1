-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per day, from 1 January of the oldest year seen to 31 December two years ahead.
CREATE TABLE [dw].[dim_date] (
    [date_key] int NOT NULL, -- yyyymmdd; -1 is unknown.
    [date] date NULL, -- The day.
    [year] int NULL, -- Calendar year.
    [quarter] int NULL, -- Calendar quarter, 1 to 4.
    [month] int NULL, -- Month, 1 to 12.
    [month_name] nvarchar(20) NULL, -- Name of the month, in Calendar:Language.
    [year_month] nvarchar(7) NULL, -- Such as 2026-10.
    [fiscal_year] int NULL, -- Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts.
    [fiscal_quarter] int NULL, -- Quarter of the fiscal year, 1 to 4.
    [fiscal_month] int NULL, -- Month of the fiscal year, 1 to 12.
    [iso_year] int NULL, -- Year of the ISO week.
    [iso_week] int NULL, -- ISO week, 1 to 53.
    [iso_year_week] nvarchar(8) NULL, -- Such as 2026-W41.
    [weekday] int NULL, -- 1 is Monday.
    [weekday_name] nvarchar(20) NULL, -- Name of the weekday, in Calendar:Language.
    [is_weekend] bit NULL, -- Saturday or Sunday.
    [is_holiday] bit NULL, -- A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it.
    [holiday_name] nvarchar(100) NULL, -- Name of the holiday: of the file, or in Calendar:Language.
    [day_offset] int NULL, -- Days from today; 0 is today.
    [week_offset] int NULL, -- ISO weeks from this week.
    [month_offset] int NULL, -- Months from this month.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_date] PRIMARY KEY CLUSTERED ([date_key])
);
