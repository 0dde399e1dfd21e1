namespace VPlanExport.Entities;

/// <summary>What dim_date says beyond the calendar itself.</summary>
public sealed record CalendarSettings(Holidays Holidays);
