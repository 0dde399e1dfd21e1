namespace VPlanExport.Entities;

/// <summary>What dim_date says beyond the calendar itself.</summary>
/// <param name="FiscalYearStart">The month in which a fiscal year starts, 1 to 12.</param>
public sealed record CalendarSettings(Holidays Holidays, int FiscalYearStart);
