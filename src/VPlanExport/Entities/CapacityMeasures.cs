using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Entities.PlanningMeasures;
using static VPlanExport.Entities.TimeMeasures;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Hours that there are, and how much of them is planned.</summary>
internal static class CapacityMeasures
{
    public static readonly MeasureList All = new(Capacity);

    public static readonly Measure Available = All.Add(
        ResourceDay,
        "Available hours",
        "Beschikbare uren",
        "Hours that resources can be planned for.",
        MeasureFormat.Hours,
        Sum(ResourceDay, "hours_available"),
        view: "sum(available_minutes) / 60.0 FROM bi.utilisation_day"
    );

    public static readonly Measure Roster = All.Add(
        ResourceDay,
        "Roster hours",
        "Roosteruren",
        "Hours of the rosters, leave and absence included.",
        MeasureFormat.Hours,
        Sum(ResourceDay, "hours_work"),
        view: "sum(work_minutes) / 60.0 FROM bi.utilisation_day"
    );

    public static readonly Measure Leave = All.Add(
        ResourceDay,
        "Leave hours",
        "Verlofuren",
        "Hours of leave.",
        MeasureFormat.Hours,
        Sum(ResourceDay, "hours_leave"),
        view: "sum(leave_minutes) / 60.0 FROM bi.utilisation_day"
    );

    public static readonly Measure Absence = All.Add(
        ResourceDay,
        "Absence hours",
        "Afwezigheidsuren",
        "Hours of other absence.",
        MeasureFormat.Hours,
        Sum(ResourceDay, "hours_absence"),
        view: "sum(absence_minutes) / 60.0 FROM bi.utilisation_day"
    );

    public static readonly Measure Utilisation = All.Add(
        ResourceDay,
        "Utilisation",
        "Bezetting",
        "Planned hours divided by available hours.",
        Percent,
        new Ratio(Planned, Available),
        view: "1.0 * sum(planned_minutes) / sum(available_minutes) FROM bi.utilisation_day"
    );

    public static readonly Measure ActualUtilisation = All.Add(
        ResourceDay,
        "Actual utilisation",
        "Werkelijke bezetting",
        "Tracked hours divided by available hours.",
        Percent,
        new Ratio(Tracked, Available),
        view: "1.0 * sum(tracked_minutes) / sum(available_minutes) FROM bi.utilisation_day"
    );

    public static readonly Measure StageAvailable = All.Add(
        StageDay,
        "Available hours of stages",
        "Beschikbare uren van fasen",
        "Hours that the resources of stages can take.",
        MeasureFormat.Hours,
        Hours(Sum(StageDay, "available_minutes")),
        view: "sum(available_minutes) / 60.0 FROM bi.stage_load"
    );

    public static readonly Measure StageLoad = All.Add(
        StageDay,
        "Stage load",
        "Fasebelasting",
        "Planned hours divided by available hours of stages. A card counts in the stage it is in now.",
        Percent,
        new Ratio(Planned, StageAvailable),
        view: "1.0 * sum(planned_minutes) / sum(available_minutes) FROM bi.stage_load"
    );

    public static readonly Measure BandFrom = All.Add(
        "dim_stage",
        "Load band from",
        "Belastingband van",
        "Lower end of the band in which a stage's load is right.",
        Percent,
        new Scaled(Least("dim_stage", "capacity_notification_min"), 100),
        view: "min(band_min_percent) / 100.0 FROM bi.stage_load"
    );

    public static readonly Measure BandTo = All.Add(
        "dim_stage",
        "Load band to",
        "Belastingband tot",
        "Upper end of the band in which a stage's load is right.",
        Percent,
        new Scaled(Greatest("dim_stage", "capacity_notification_max"), 100),
        view: "max(band_max_percent) / 100.0 FROM bi.stage_load"
    );
}
