-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per day, from 1 January of the oldest year seen to 31 December two years ahead. The view shows living rows only, and not the unknown day.
CREATE VIEW bi.dim_date AS
SELECT
    [date_key],
    [date],
    [year],
    [quarter],
    [month],
    [month_name],
    [year_month],
    [fiscal_year],
    [fiscal_quarter],
    [fiscal_month],
    [iso_year],
    [iso_week],
    [iso_year_week],
    [weekday],
    [weekday_name],
    [is_weekend],
    [is_holiday],
    [holiday_name],
    [day_offset],
    [week_offset],
    [month_offset]
FROM dw.dim_date
WHERE coalesce(is_deleted, 0) = 0 AND date_key <> -1;
