using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Work that is not planned yet.</summary>
internal static class BacklogMeasures
{
    public static readonly MeasureList All = new(BacklogFolder);

    public static readonly Measure BacklogCards = All.Add(
        Card,
        "Backlog cards",
        "Kaarten in werkvoorraad",
        "Open cards without a planned first day, but for those of ignored collections.",
        MeasureFormat.Count,
        Count(Card, Unplanned),
        view: "sum(cards) FROM bi.backlog_hours"
    );

    public static readonly Measure BacklogJobs = All.Add(
        Collection,
        "Backlog collections",
        "Collecties in werkvoorraad",
        "Collections that are not planned.",
        MeasureFormat.Count,
        Count(Collection, new Is("status", "not_planned")),
        view: "sum(collections) FROM bi.backlog_hours"
    );

    public static readonly Measure BacklogHours = All.Add(
        Card,
        "Backlog hours",
        "Werkvoorraad in uren",
        "Hours left of work that is not planned: backlog cards, and collections that have no cards yet.",
        MeasureFormat.Hours,
        new Plus(
            Hours(Sum(Card, "remaining_minutes", Unplanned)),
            Hours(Sum("fact_collection_activity", new FirstOf("remaining_minutes", "planned_minutes"), WithoutCards))
        ),
        view: "sum(remaining_hours) FROM bi.backlog_hours"
    );

    public static readonly Measure BacklogPlanned = All.Add(
        Card,
        "Backlog planned hours",
        "Werkvoorraad in geplande uren",
        "Planned hours of work that is not planned on a day yet.",
        MeasureFormat.Hours,
        new Plus(
            Hours(Sum(Card, "planned_minutes", Unplanned)),
            Hours(Sum("fact_collection_activity", "planned_minutes", WithoutCards))
        ),
        view: "sum(planned_hours) FROM bi.backlog_hours"
    );
}
