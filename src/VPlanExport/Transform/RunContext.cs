using VPlanExport.Entities;

namespace VPlanExport.Transform;

/// <summary>What is the same for every row of a run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Today">The run's business date.</param>
/// <param name="Zone">The environment's time zone.</param>
/// <param name="StartedAt">The run's start by this machine's clock, UTC.</param>
/// <param name="Calendar">What dim_date says beyond the calendar itself.</param>
internal sealed record RunContext(
    string RunId,
    DateOnly Today,
    TimeZoneInfo Zone,
    DateTime StartedAt,
    CalendarSettings Calendar
);
