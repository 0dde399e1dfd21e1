-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per day, from 1 January of the oldest year seen to 31 December two years ahead.
CREATE TABLE [dw].[dim_date] (
    [date_key] int NOT NULL, -- yyyymmdd; -1 is unknown.
    [date] date NULL, -- The day.
    [year] int NULL, -- Calendar year.
    [quarter] int NULL, -- Calendar quarter, 1 to 4.
    [month] int NULL, -- Month, 1 to 12.
    [month_name] varchar(60) NULL, -- Name of the month, in Calendar:Language.
    [year_month] varchar(21) NULL, -- Such as 2026-10.
    [fiscal_year] int NULL, -- Calendar year in which the fiscal year ends; Calendar:FiscalYearStart says in which month it starts.
    [fiscal_quarter] int NULL, -- Quarter of the fiscal year, 1 to 4.
    [fiscal_month] int NULL, -- Month of the fiscal year, 1 to 12.
    [iso_year] int NULL, -- Year of the ISO week.
    [iso_week] int NULL, -- ISO week, 1 to 53.
    [iso_year_week] varchar(24) NULL, -- Such as 2026-W41.
    [weekday] int NULL, -- 1 is Monday.
    [weekday_name] varchar(60) NULL, -- Name of the weekday, in Calendar:Language.
    [is_weekend] bit NULL, -- Saturday or Sunday.
    [is_holiday] bit NULL, -- A holiday of the file that Calendar:Holidays names, else a Dutch public holiday: Good Friday is none, Liberation Day (5 May) is one every fifth year (2025, 2030), in which most employers give it.
    [holiday_name] varchar(300) NULL, -- Name of the holiday: of the file, or in Calendar:Language.
    [day_offset] int NULL, -- Days from today; 0 is today.
    [week_offset] int NULL, -- ISO weeks from this week.
    [month_offset] int NULL, -- Months from this month.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_date];
COPY INTO [dw].[dim_date] ([date_key] 1, [date] 2, [year] 3, [quarter] 4, [month] 5, [month_name] 6, [year_month] 7, [fiscal_year] 8, [fiscal_quarter] 9, [fiscal_month] 10, [iso_year] 11, [iso_week] 12, [iso_year_week] 13, [weekday] 14, [weekday_name] 15, [is_weekend] 16, [is_holiday] 17, [holiday_name] 18, [day_offset] 19, [week_offset] 20, [month_offset] 21, [is_inferred] 22, [is_deleted] 23, [source_created_at] 24, [source_updated_at] 25, [extracted_at] 26, [run_id] 27)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_date/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
